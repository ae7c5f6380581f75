package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFrameworks drives the examples for React and Vue, which npm's compilers have
// checked and bundled: what waits asks nobody, a yes reaches the application at once,
// and what the application takes away leaves no placeholder.
func TestFrameworks(t *testing.T) {
	site := sharedTrial(t)
	for name, entry := range map[string]string{"react": "app.tsx", "vue": "app.ts"} {
		t.Run(name, func(t *testing.T) {
			c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: name + ".trial.localhost"}
			app := c.bundleApp(name, entry)
			c.visit(c.put("/", `<div id="app"></div><script>`+app+`</script>`))
			c.await("the application", `document.querySelector('#said')?.textContent === 'Statistics: no'`)
			c.press("nav button")
			c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
			c.wantAsked()
			c.press("[data-samtykke=accept]")
			c.await("word of the yes", `document.querySelector('#said').textContent === 'Statistics: yes'`)
			c.wantAsked()
			c.press("[data-samtykke=always]")
			c.awaitAsked("video.html")
			c.press("nav button")
			c.awaitAsked("other.html")
			c.press("nav button")
			c.await("the front page", `!document.querySelector('iframe')`)
			c.want("no placeholder", "!"+videoPlace)
			c.press("nav button")
			until(t, "the video to come again", func() bool { return len(c.asked(c.folder()+"/")) == 3 })
			c.next(func() { c.eval("samtykke.withdraw()", nil) })
			c.await("word of the no", `document.querySelector('#said')?.textContent === 'Statistics: no'`)
			c.press("nav button")
			c.await("the placeholder again", videoPlace+"?.offsetHeight > 0")
			c.press("nav button")
			c.press("nav button")
			c.await("that it goes with what it stands for", "!"+videoPlace)
			c.wantAsked("video.html", "other.html", "video.html")
			c.wantNoFaults()

			c = &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "late-" + name + ".trial.localhost"}
			c.visit(c.putRaw("/", `<!doctype html><html lang="nb">`+first+`<title>Late</title><div id="app"></div><script>`+app+`</script><script src="{script}"></script>`, nil))
			c.press("[data-samtykke=accept]")
			c.await("word of the yes, from a banner that came later", `document.querySelector('#said').textContent === 'Statistics: yes'`)
			c.wantNoFaults()
		})
	}
}

// bundleApp gives an example's application as a script, with this test's addresses.
func (c *caseOn) bundleApp(example, entry string) string {
	c.T.Helper()
	folder := c.T.TempDir()
	tools, err := filepath.Abs("../../banner/node_modules")
	if err != nil {
		c.T.Fatal(err)
	}
	sources, err := filepath.Glob("../../examples/" + example + "/*.ts*")
	if err != nil || len(sources) != 2 {
		c.T.Fatal(sources, err)
	}
	replace := strings.NewReplacer(`"youtube"`, `"video"`, `'youtube'`, `'video'`,
		"https://www.youtube-nocookie.com/embed/VIDEO", c.fill("{third}/video.html"),
		"https://www.youtube-nocookie.com/embed/OTHER", c.fill("{third}/other.html"))
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			c.T.Fatal(err)
		}
		keep(c.T, filepath.Join(folder, filepath.Base(source)), replace.Replace(string(text)))
	}
	keep(c.T, filepath.Join(folder, "samtykke.d.ts"), fetch(c.T, c.server.url+"/samtykke.d.ts"))
	if err := os.Symlink(tools, filepath.Join(folder, "node_modules")); err != nil {
		c.T.Fatal(err)
	}
	run := func(program string, args ...string) {
		cmd := exec.Command(filepath.Join(tools, ".bin", program), args...)
		cmd.Dir = folder
		if said, err := cmd.CombinedOutput(); err != nil {
			c.T.Fatalf("%s: %v\n%s", program, err, said)
		}
	}
	run("tsc", "--noEmit", "--strict", "--jsx", "react-jsx", "--module", "preserve", "--target", "es2020",
		"--allowImportingTsExtensions", "--skipLibCheck", entry)
	run("esbuild", entry, "--bundle", "--minify", "--jsx=automatic", "--define:process.env.NODE_ENV=\"production\"", "--log-level=error", "--outfile=app.js")
	text, err := os.ReadFile(filepath.Join(folder, "app.js"))
	if err != nil {
		c.T.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "</script", `<\/script`)
}
