package peer

import (
	"net/netip"
	"strings"
)

// HostName gives the name or address of a Host header, in lower case and without the
// port.
func HostName(header string) string {
	name := strings.ToLower(header)
	if at := strings.LastIndexByte(name, ':'); at >= 0 && !strings.HasSuffix(name, "]") {
		name = name[:at]
	}
	return strings.TrimSuffix(strings.Trim(name, "[]"), ".")
}

// OnThisMachine says whether a Host header names the machine itself: a page of
// elsewhere whose name was made to lead here cannot send one.
func OnThisMachine(header string) bool {
	name := HostName(header)
	address, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && address.Unmap().IsLoopback()
}

// IsAddress says whether a Host header is an address in numbers, which no name leads to.
func IsAddress(header string) bool {
	_, err := netip.ParseAddr(HostName(header))
	return err == nil
}
