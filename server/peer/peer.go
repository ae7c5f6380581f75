// Package peer finds who is at the other end of a connection. What it finds is used
// in memory to share out a right, and goes nowhere else.
package peer

import (
	"net"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// Reader finds the network that a request comes from.
type Reader struct {
	header  string
	proxies []netip.Prefix
}

// NewReader reads the list of trusted proxies: addresses or networks.
func NewReader(header string, proxies []string) (Reader, error) {
	reader := Reader{header: header}
	for _, text := range proxies {
		prefix, err := parsePrefix(text)
		if err != nil {
			return Reader{}, consent.Errorf(consent.Invalid, "malformed_proxy",
				"The trusted proxy %q is neither an address nor a network. Write 10.0.0.4 or 10.0.0.0/8.", text)
		}
		reader.proxies = append(reader.proxies, prefix)
	}
	return reader, nil
}

func parsePrefix(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		prefix, err := netip.ParsePrefix(text)
		return prefix.Masked(), err
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	addr = addr.Unmap()
	return netip.PrefixFrom(addr, addr.BitLen()), nil
}

// Network gives the network that a visitor is in.
func (r Reader) Network(c *fiber.Ctx) netip.Prefix { return NetworkOf(r.address(c)) }

// NetworkOf gives the IPv4 address, or the /64 of the IPv6 address: one
// connection at home holds a whole /64. It is not valid for no address.
func NetworkOf(addr netip.Addr) netip.Prefix {
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	prefix, _ := addr.Prefix(bits) // fails only for more bits than there are
	return prefix
}

// address gives the last address that no trusted proxy vouches for. The header
// is read from the right, where the nearest proxy wrote: what stands further
// left, or comes from somebody who is not a proxy, may be made up.
func (r Reader) address(c *fiber.Ctx) netip.Addr {
	addr := Of(c.Context().RemoteAddr())
	if r.header == "" || !r.trusts(addr) {
		return addr
	}
	lines := c.Request().Header.PeekAll(r.header)
	for i := len(lines) - 1; i >= 0; i-- {
		hops := strings.Split(string(lines[i]), ",")
		for j := len(hops) - 1; j >= 0; j-- {
			hop, err := netip.ParseAddr(strings.TrimSpace(hops[j]))
			if err != nil {
				return addr
			}
			addr = hop.Unmap().WithZone("")
			if !r.trusts(addr) {
				return addr
			}
		}
	}
	return addr
}

// Proxied says whether a request comes through a trusted proxy.
func (r Reader) Proxied(c *fiber.Ctx) bool { return r.trusts(Of(c.Context().RemoteAddr())) }

// Scheme gives how a request was sent: what the nearest proxy says of that, when it is
// trusted, and else as it came here. Who is no proxy says nothing.
func (r Reader) Scheme(c *fiber.Ctx) string {
	if r.Proxied(c) {
		lines := c.Request().Header.PeekAll(fiber.HeaderXForwardedProto)
		if len(lines) > 0 {
			hops := strings.Split(string(lines[len(lines)-1]), ",")
			if strings.EqualFold(strings.TrimSpace(hops[len(hops)-1]), "https") {
				return "https"
			}
		}
	}
	if c.Context().IsTLS() {
		return "https"
	}
	return "http"
}

func (r Reader) trusts(addr netip.Addr) bool {
	for _, proxy := range r.proxies {
		if proxy.Contains(addr) {
			return true
		}
	}
	return false
}

// Of gives the other end of a connection.
func Of(remote net.Addr) netip.Addr {
	if tcp, ok := remote.(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr().Unmap().WithZone("")
	}
	return netip.Addr{} // a listener without addresses: all share one allowance
}
