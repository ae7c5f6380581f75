package control_test

import (
	"net/netip"
	"testing"

	"github.com/samtykke/samtykke/server/control"
)

// special are the blocks of IANA's special-purpose registries as they stand there, of
// multicast, and forms of IPv4 within IPv6.
var special = []string{
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
	"192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
	"240.0.0.0/4", "168.63.129.16/32",
	"::1/128", "::/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:1::1/128", "2001:1::2/128",
	"2001:1::3/128", "2001:2::/48", "2001:3::/32", "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2001:db8::/32", "2002::/16",
	"2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
	"::/96", "::ffff:0:0:0/96",
}

// lastOf gives the last address of a block.
func lastOf(block netip.Prefix) netip.Addr {
	bytes := block.Addr().AsSlice()
	for i := block.Bits(); i < 8*len(bytes); i++ {
		bytes[i/8] |= 0x80 >> (i % 8)
	}
	last, _ := netip.AddrFromSlice(bytes)
	return last
}

func TestPublic(t *testing.T) {
	for _, written := range special {
		block := netip.MustParsePrefix(written)
		for _, at := range []netip.Addr{block.Addr(), lastOf(block)} {
			if !block.Contains(at) || control.Public(at) {
				t.Errorf("%s of %s is public", at, written)
			}
			if at.Is4() && control.Public(netip.AddrFrom16(at.As16())) {
				t.Errorf("%s of %s is public within IPv6", at, written)
			}
		}
	}
	for address, want := range map[string]bool{
		"1.1.1.1": true, "2606:4700::1111": true, "::ffff:1.1.1.1": true, "2a02:c0::1": true,
		// Right beside what is not.
		"1.0.0.0": true, "9.255.255.255": true, "11.0.0.0": true, "100.63.255.255": true, "100.128.0.0": true, "126.255.255.255": true, "128.0.0.0": true,
		"168.63.129.15": true, "168.63.129.17": true, "169.253.255.255": true, "169.255.0.0": true, "172.15.255.255": true, "172.32.0.0": true,
		"192.0.1.0": true, "192.0.3.0": true, "192.88.98.255": true, "192.88.100.0": true, "192.167.255.255": true, "192.169.0.0": true,
		"198.17.255.255": true, "198.20.0.0": true, "223.255.255.255": true, "2000::": true, "2001:200::": true, "2001:db7:ffff::": true, "2001:db9::": true,
		"2001:ffff::": true, "2003::": true, "3ffe:ffff::": true, "3fff:1000::": true,
		"::7f00:1": false, "::ffff:0:7f00:1": false, "::ffff:10.0.0.1": false, "169.254.169.254": false, "fe80::1%eth0": false, "2001:db8::1%eth0": false,
		"2606:4700::1111%eth0": true,
	} {
		if got := control.Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
	if control.Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}
