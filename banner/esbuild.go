package banner

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// esbuildVersion is part of every bundle's id, because another version may print
// other bytes. A test holds it to go.mod.
const esbuildVersion = "v0.28.2"

//go:embed src
var sources embed.FS

// pageSources are the pages of ours that run a script. They are apart from what
// goes into the id of bundles.
//
//go:embed verifier me admin
var pageSources embed.FS

// program is one file to be bundled.
type program struct {
	entry   string            // in its folder
	folder  string            // in sources; src unless told
	format  api.Format        // a script or a module
	modules map[string]any    // virtual JSON modules, by the name after "samtykke:"
	defines map[string]string // what the compiler may decide
	style   string            // put before every style sheet
	finish  string            // put after every style sheet
	first   string            // the first line
}

// classic and module are the two formats that browsers load.
const (
	classic = api.FormatIIFE
	module  = api.FormatESModule
)

// bundle compiles one program and checks that it can stand in any page.
func (p program) bundle() ([]byte, error) {
	charset := api.CharsetASCII // a script is read as the page is, which may be anything
	if p.format == module || p.folder != "" {
		charset = api.CharsetUTF8 // a module is always read so, and a page of ours says so
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{p.entry}, Bundle: true, Outfile: "out.js", Metafile: true,
		Format: p.format, Target: api.ES2020, Charset: charset, LegalComments: api.LegalCommentsNone,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Define: p.defines, Banner: map[string]string{"js": p.first}, LogLevel: api.LogLevelSilent,
		TsconfigRaw: `{"compilerOptions":{"verbatimModuleSyntax":true}}`,
		Plugins:     []api.Plugin{{Name: "samtykke", Setup: p.setup}},
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	// esbuild keeps end tags of scripts apart, but not this. It writes the operators
	// with a space between them, so that these bytes occur within strings only.
	body := bytes.ReplaceAll(result.OutputFiles[0].Contents, []byte("<!--"), []byte(`\x3C!--`))
	if err := refuseCommonJS(result.Metafile); err != nil {
		return nil, err
	}
	return body, refuseUnsafe(body)
}

// setup resolves every import from the embedded sources or the virtual modules;
// nothing is read from the disk.
func (p program) setup(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		if args.Kind == api.ResolveJSDynamicImport {
			return api.OnResolveResult{Path: args.Path, External: true}, nil // the server has it
		}
		if name, ok := strings.CutPrefix(args.Path, "samtykke:"); ok {
			return api.OnResolveResult{Path: name, Namespace: "notice"}, nil
		}
		from := path.Dir(args.Importer)
		if args.Importer == "" {
			from = cmp.Or(p.folder, "src")
		}
		return api.OnResolveResult{Path: path.Join(from, args.Path), Namespace: "source"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "notice"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		module, ok := p.modules[args.Path]
		if !ok {
			return api.OnLoadResult{}, fmt.Errorf("there is no module samtykke:%s here", args.Path)
		}
		text, err := json.Marshal(module)
		contents := string(text)
		return api.OnLoadResult{Contents: &contents, Loader: api.LoaderJSON}, err
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "source"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		source, err := fs.ReadFile(p.files(), args.Path)
		if err != nil {
			return api.OnLoadResult{}, err
		}
		contents, loader := string(source), api.LoaderTS
		if path.Ext(args.Path) == ".css" {
			contents, err = minifyStyle(p.style + contents + p.finish)
			loader = api.LoaderText
		}
		return api.OnLoadResult{Contents: &contents, Loader: loader}, err
	})
}

// files gives what the program is made of.
func (p program) files() fs.FS {
	if p.folder == "" {
		return sources
	}
	return pageSources
}

func minifyStyle(style string) (string, error) {
	result := api.Transform(style, api.TransformOptions{
		Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true, Charset: api.CharsetASCII, LogLevel: api.LogLevelSilent,
	})
	if messages := slices.Concat(result.Errors, result.Warnings); len(messages) > 0 {
		return "", errors.New(strings.Join(api.FormatMessages(messages, api.FormatMessagesOptions{}), "\n"))
	}
	return strings.TrimSpace(string(result.Code)), nil
}

// refuseCommonJS fails on a module that needs esbuild's wrapper for CommonJS: it
// would cost every visitor bytes for nothing.
func refuseCommonJS(metafile string) error {
	var meta struct {
		Inputs map[string]struct {
			Format string `json:"format"`
		} `json:"inputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return err
	}
	for name, input := range meta.Inputs {
		if input.Format == "cjs" {
			return fmt.Errorf("%s is a CommonJS module: write it as an ES module", name)
		}
	}
	return nil
}

// refuseUnsafe fails on bytes that mean something else when a page carries the
// file inline. The minifier prints strings anew, so it is the output that is
// checked.
func refuseUnsafe(body []byte) error {
	lower := bytes.ToLower(body)
	for _, unsafe := range []string{"</script", "<!--", "\u2028", "\u2029"} {
		if bytes.Contains(lower, []byte(unsafe)) {
			return fmt.Errorf("the built file contains %q", unsafe)
		}
	}
	return nil
}
