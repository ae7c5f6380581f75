package peer_test

import (
	"testing"

	"github.com/samtykke/samtykke/server/peer"
)

func TestHosts(t *testing.T) {
	for header, want := range map[string]struct {
		name          string
		here, address bool
	}{
		"localhost": {"localhost", true, false}, "LOCALHOST:8082": {"localhost", true, false}, "localhost.:1": {"localhost", true, false},
		"127.0.0.1:8082": {"127.0.0.1", true, true}, "127.9.9.9": {"127.9.9.9", true, true}, "[::1]:8082": {"::1", true, true}, "[::1]": {"::1", true, true},
		"[::ffff:127.0.0.1]:1": {"::ffff:127.0.0.1", true, true}, "10.0.0.5:8081": {"10.0.0.5", false, true}, "evil.example": {"evil.example", false, false},
		"localhost.evil.example:8082": {"localhost.evil.example", false, false}, "127.0.0.1.evil.example": {"127.0.0.1.evil.example", false, false}, "": {"", false, false},
	} {
		if name, here, address := peer.HostName(header), peer.OnThisMachine(header), peer.IsAddress(header); name != want.name || here != want.here || address != want.address {
			t.Errorf("%q: got %q %v %v, want %v", header, name, here, address, want)
		}
	}
}
