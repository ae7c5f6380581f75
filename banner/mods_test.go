package banner

import (
	"encoding/json"
	"sort"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

func TestMods(t *testing.T) {
	p, _ := mainProgram(gjerdrum(t), "main.ts")
	r := api.Build(api.BuildOptions{
		EntryPoints: []string{p.entry}, Bundle: true, Outfile: "out.js", Metafile: true,
		Format: p.format, Target: api.ES2020, Charset: api.CharsetASCII,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Define: p.defines,
		Plugins: []api.Plugin{{Name: "samtykke", Setup: p.setup}},
	})
	var m struct {
		Outputs map[string]struct {
			Inputs map[string]struct{ BytesInOutput int }
		}
	}
	json.Unmarshal([]byte(r.Metafile), &m)
	for _, o := range m.Outputs {
		var ns []string
		for n := range o.Inputs {
			ns = append(ns, n)
		}
		sort.Slice(ns, func(i, j int) bool { return o.Inputs[ns[i]].BytesInOutput > o.Inputs[ns[j]].BytesInOutput })
		for _, n := range ns {
			t.Log(o.Inputs[n].BytesInOutput, n)
		}
	}
}
