package control

import (
	"net/netip"
	"slices"
)

// notPublic are addresses that are somebody's own network, lead into one, or have no
// organisation's web server: every block of IANA's special-purpose registries, also those
// that are reached from everywhere, and multicast. Of IPv6 nothing but 2000::/3 is given
// out for servers (IANA's IPv6 address space), so that the rest is in three lines.
//
//	https://www.iana.org/assignments/iana-ipv4-special-registry
//	https://www.iana.org/assignments/iana-ipv6-special-registry
//	https://www.iana.org/assignments/ipv6-address-space
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),         // this network (RFC 791)
	netip.MustParsePrefix("10.0.0.0/8"),        // private (RFC 1918)
	netip.MustParsePrefix("100.64.0.0/10"),     // carriers (RFC 6598)
	netip.MustParsePrefix("127.0.0.0/8"),       // this machine (RFC 1122)
	netip.MustParsePrefix("168.63.129.16/32"),  // of no registry: a cloud's own service to its machines
	netip.MustParsePrefix("169.254.0.0/16"),    // this link (RFC 3927), and clouds' own services
	netip.MustParsePrefix("172.16.0.0/12"),     // private (RFC 1918)
	netip.MustParsePrefix("192.0.0.0/24"),      // protocols (RFC 6890)
	netip.MustParsePrefix("192.0.2.0/24"),      // documentation (RFC 5737)
	netip.MustParsePrefix("192.31.196.0/24"),   // AS112 (RFC 7535)
	netip.MustParsePrefix("192.52.193.0/24"),   // AMT (RFC 7450)
	netip.MustParsePrefix("192.88.99.0/24"),    // 6to4 relays (RFC 7526)
	netip.MustParsePrefix("192.168.0.0/16"),    // private (RFC 1918)
	netip.MustParsePrefix("192.175.48.0/24"),   // AS112 (RFC 7534)
	netip.MustParsePrefix("198.18.0.0/15"),     // benchmarks (RFC 2544)
	netip.MustParsePrefix("198.51.100.0/24"),   // documentation (RFC 5737)
	netip.MustParsePrefix("203.0.113.0/24"),    // documentation (RFC 5737)
	netip.MustParsePrefix("224.0.0.0/4"),       // multicast (RFC 5771)
	netip.MustParsePrefix("240.0.0.0/4"),       // reserved (RFC 1112), and broadcast
	netip.MustParsePrefix("::/3"),              // this machine, IPv4 within IPv6 in its many forms, NAT64, discarded
	netip.MustParsePrefix("2001::/23"),         // protocols (RFC 2928): Teredo, benchmarks, ORCHID and others
	netip.MustParsePrefix("2001:db8::/32"),     // documentation (RFC 3849)
	netip.MustParsePrefix("2002::/16"),         // 6to4 (RFC 3056)
	netip.MustParsePrefix("2620:4f:8000::/48"), // AS112 (RFC 7534)
	netip.MustParsePrefix("3fff::/20"),         // documentation (RFC 9637)
	netip.MustParsePrefix("4000::/2"),          // segments (RFC 9602), and not given out
	netip.MustParsePrefix("8000::/1"),          // own networks, this link, this site, multicast, and not given out
}

// Public says whether an address is one that the whole internet reaches.
func Public(at netip.Addr) bool {
	at = at.Unmap().WithZone("") // no prefix has an address with a zone
	return at.IsValid() && !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(at) })
}
