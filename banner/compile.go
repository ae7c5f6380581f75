package banner

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
)

// ID names the Bundle of a Notice: eleven characters of base64url from the
// Notice's hash, what is said in its languages, the banner's source and the version
// of the compiler.
func ID(notice *consent.Notice, said consent.Translations) consent.BundleID {
	hash := sha256.New()
	hash.Write(notice.Hash[:])
	hash.Write(sourceHash())
	for _, lang := range notice.Draft.Site.Languages {
		fmt.Fprintf(hash, "%s %s\n", lang, said.In(lang).Sum())
	}
	return consent.BundleID(base64.RawURLEncoding.EncodeToString(hash.Sum(nil)[:8]))
}

// sourceHash covers everything besides the Notice that decides a bundle's bytes.
var sourceHash = sync.OnceValue(func() []byte {
	hash := sha256.New()
	hash.Write([]byte(esbuildVersion))
	err := fs.WalkDir(sources, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sources, name)
		fmt.Fprintf(hash, "%s %d\n", name, len(data))
		hash.Write(data)
		return err
	})
	if err != nil {
		panic(err) // the sources are within the program
	}
	return hash.Sum(nil)
})

// compile makes the files of a Notice: the main file, and for each language a
// panel, what is a visitor's own in it, placeholders, and the rest.
func compile(notice *consent.Notice, said consent.Translations) (map[string][]byte, error) {
	main, err := mainProgram(notice, said, "main.ts")
	if err != nil {
		return nil, err
	}
	programs := map[string]program{consent.MainFile: main}
	for _, lang := range notice.Draft.Site.Languages {
		programs[panelFile(lang)] = panelProgram(notice, said.In(lang), lang)
		programs[mineFile(lang)] = mineProgram(said.In(lang), lang)
		programs[placeFile(lang)] = placeProgram(notice, said.In(lang), lang)
		programs[restFile(lang)] = restProgram(notice, said.In(lang), lang)
	}
	files, err := bundleAll(programs)
	if err == nil {
		consent.NameParts(files)
	}
	return files, err
}

func panelFile(lang consent.Language) string { return "panel." + string(lang) + ".js" }

func mineFile(lang consent.Language) string { return "mine." + string(lang) + ".js" }

func placeFile(lang consent.Language) string { return "place." + string(lang) + ".js" }

func restFile(lang consent.Language) string { return "rest." + string(lang) + ".js" }

// bundleAll bundles the programs side by side, as many at once as there are processors:
// more would take no less time, and each holds all that the notice says.
func bundleAll(programs map[string]program) (map[string][]byte, error) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	var lock sync.Mutex
	files := make(map[string][]byte, len(programs))
	for name, program := range programs {
		group.Go(func() error {
			body, err := program.bundle()
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			lock.Lock()
			defer lock.Unlock()
			files[name] = body
			return nil
		})
	}
	return files, group.Wait()
}

// mainProgram gives the main file, or (for measuring) another entry of it.
func mainProgram(notice *consent.Notice, said consent.Translations, entry string) (program, error) {
	projected, err := project(notice, said)
	if err != nil {
		return program{}, err
	}
	style := buttonLook(notice.Draft.Site.Look)
	if len(askedCategories(&notice.Draft)) > 1 {
		checkboxes, err := sources.ReadFile("src/several.css")
		if err != nil {
			return program{}, err
		}
		style += string(checkboxes) + checkboxLook(notice.Draft.Site.Look)
	}
	finish, err := mainFinish(notice.Draft.Site.Look)
	if err != nil {
		return program{}, err
	}
	return program{
		entry: entry, format: classic,
		modules: map[string]any{"notice": projected},
		defines: defines(projected),
		style:   style, finish: finish,
		first: eager,
	}, nil
}

// eager has Chromium compile every function while the script arrives, beside the main
// thread, where it would compile one at a time as they are called: nearly all are, at
// once. Other browsers see a comment.
const eager = "//# allFunctionsCalledOnLoad"

// defines are what the compiler writes into the code: the features that a site
// uses, of which it drops the rest, and the Notice's single words and numbers.
func defines(p *mainNotice) map[string]string {
	defines := map[string]string{
		"SITE":     strconv.Quote(string(p.Site)),
		"BUNDLE":   strconv.Quote(string(p.Bundle)),
		"NOTICE":   strconv.Itoa(int(p.Notice)),
		"LANGUAGE": strconv.Quote(string(p.Language)),
		"DOMAIN":   strconv.Quote(p.Domain),
		"VALIDITY": strconv.FormatInt(p.Validity, 10),
		"HEADING":  strconv.Quote("h" + strconv.Itoa(min(max(p.Heading, 2), 4))),
	}
	for _, key := range firstLayerTexts {
		defines["TEXTS."+key] = strconv.Itoa(slices.Index(p.Keys, key))
	}
	for name, on := range features(p) {
		defines[name] = strconv.FormatBool(on)
	}
	return defines
}

func features(p *mainNotice) map[string]bool {
	asked, kinds := 0, map[consent.StorageKind]bool{}
	for _, unit := range p.Units {
		if unit.Category != "" {
			asked++
		}
	}
	for _, item := range p.Stored {
		kinds[item.Kind] = true
	}
	features := map[string]bool{
		"ASKS":        asked > 0,        // the banner has a question
		"SEVERAL":     asked > 1,        // and more than one
		"LANGUAGES":   len(p.Texts) > 1, // there is a language to choose
		"NEAR":        len(p.Near) > 0,  // also for readers of others
		"YOUTUBE":     p.YouTube,
		"RTL":         len(p.RightToLeft) > 0,
		"WEB_STORAGE": kinds[consent.KindLocal] || kinds[consent.KindSession],
		"INDEXED_DB":  kinds[consent.KindIndexedDB],
		"CACHES":      kinds[consent.KindCache],
		"AUTOMATIC":   len(p.Hosts) > 0, // what scripts insert is stopped
		"NEVER":       len(p.Never) > 0,
		"PLACES":      len(p.Places) > 0,
		"KEEPS":       len(p.Kept) > 0,
		"CLEARS":      len(p.Stored) > 0,
		"LOGS":        p.Logs, // a first refusal is logged, not only counted
		"POLICY":      p.Policy,
		"SAME_ORIGIN": p.SameOrigin,
		"OVER":        asked > 0 && p.Placement != "" && p.Placement != consent.PlacementTop,
		"DIALOG":      asked > 0 && p.Placement == consent.PlacementDialog,
		"LOGO":        asked > 0 && p.Logo != nil,
	}
	told := false
	for name, types := range map[string]map[string]string{
		"GOOGLE": p.Signals.Google, "UET": p.Signals.UET, "CLARITY": p.Signals.Clarity, "META": p.Signals.Meta,
		"TIKTOK": p.Signals.TikTok, "MATOMO": p.Signals.Matomo, "WORDPRESS": p.Signals.WordPress, "SHOPIFY": p.Signals.Shopify,
	} {
		features[name] = len(types) > 0
		told = told || features[name]
	}
	features["SIGNALS"] = told // some vendor hears of the answer
	return features
}
