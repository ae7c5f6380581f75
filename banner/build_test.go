package banner

import (
	"os"
	"testing"
)

func TestBuild(t *testing.T) {
	notice := gjerdrum(t)
	for _, e := range []string{"main.ts", "gate_alone.ts"} {
		p, err := mainProgram(notice, e)
		if err != nil {
			t.Fatal(err)
		}
		body, err := p.bundle()
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/"+e+".js", body, 0o600)
		t.Log(e, len(body), len(brotliOf(body)), len(gzipOf(body)))
	}
}
