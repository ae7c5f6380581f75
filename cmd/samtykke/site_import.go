package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

type siteImportCmd struct {
	access
	Files []string `arg:"" name:"file" help:"Site files (YAML)."`
	JSON  bool     `name:"json" help:"Write one JSON object per file."`
}

// Help says what happens to faulty files.
func (c *siteImportCmd) Help() string {
	return `Each file becomes the draft of the site whose key it names; visitors see nothing of it until "samtykke notice publish". If any file has a fault, or two files name the same site, all of it is listed and nothing is imported.

Read on: samtykke help site-file`
}

// Run imports all of the files or none.
func (c *siteImportCmd) Run(ctx context.Context, t *terminal) (err error) {
	drafts, err := c.read(t)
	if err != nil {
		return err
	}
	store, err := c.create(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	for i, draft := range drafts {
		action := "draft.import"
		if _, err := store.Site(ctx, draft.Site.Key); err != nil { // SaveDraft says what else may be wrong
			action = "site.import"
		}
		telling := tells(ctx, t, consent.Act{Organisation: draft.Organisation.ID, Site: draft.Site.Key, Action: action})
		planned, err := planOf(ctx, store, draft.Site.Key)
		if err != nil {
			return err
		}
		if err := store.SaveDraft(telling, *draft, t.clock()); err != nil {
			return fmt.Errorf("%s: %w", c.Files[i], err)
		}
		if err := remarkLapsed(ctx, t, store, planned); err != nil {
			return err
		}
		if err := c.report(t, c.Files[i], draft); err != nil {
			return err
		}
	}
	return nil
}

// read gives the drafts of all files, or shows everything that is wrong with them.
func (c *siteImportCmd) read(t *terminal) ([]*consent.Draft, error) {
	drafts := make([]*consent.Draft, 0, len(c.Files))
	faulty := 0
	for _, file := range c.Files {
		draft, problems, err := readSite(t, file)
		if err != nil {
			return nil, err
		}
		faults := problems.Faults()
		writeProblems(t.err, file, faults)
		if warnings := len(problems) - len(faults); warnings > 0 {
			t.remark("%s: %s; \"samtykke inventory check %s\" lists them.", file, plural(warnings, "warning"), quoted(file))
		}
		faulty += len(faults)
		drafts = append(drafts, draft)
	}
	twice := c.twice(drafts)
	writeProblems(t.err, "", twice)
	faulty += len(twice)
	if faulty > 0 {
		t.remark("\n%s. Nothing was imported.", capital(plural(faulty, "fault")))
		return nil, told{errors.New("faults")}
	}
	return drafts, nil
}

// twice gives a fault for each file whose site another file before it is, too:
// the last one would silently win.
func (c *siteImportCmd) twice(drafts []*consent.Draft) consent.Problems {
	var faults consent.Problems
	first := map[consent.SiteKey]string{}
	for i, draft := range drafts {
		key, file := draft.Site.Key, c.Files[i]
		if before, taken := first[key]; taken && key != "" {
			faults = append(faults, consent.Problem{
				Path: "site.key", Severity: consent.Fault, Code: "duplicate",
				Message: fmt.Sprintf("%s and %s are both the site %s.", before, file, key),
				Repair:  "Import one of them, or give one a key of its own.",
			})
			continue
		}
		first[key] = file
	}
	return faults
}

func (c *siteImportCmd) report(t *terminal, file string, draft *consent.Draft) error {
	key := draft.Site.Key
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{
			"file": file, "site": key, "services": len(draft.Services), "cookies": cookies(draft),
		})
	}
	t.say("Imported %s from %s: %s, %s.", key, file,
		plural(len(draft.Services), "service"), plural(cookies(draft), "cookie"))
	t.say("Show it to visitors with: samtykke notice publish %s%s", key, c.again())
	return nil
}

// readSite reads and validates a site file, as it is today. The error says what file it was.
func readSite(t *terminal, file string) (*consent.Draft, consent.Problems, error) {
	data, err := readWhole(file)
	if err != nil {
		return nil, nil, unreadable(file, err)
	}
	draft, problems, err := config.ParseSiteOn(data, t.today())
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	return draft, problems, nil
}

// unreadable says why a site file cannot be read, and what to do.
func unreadable(file string, err error) error {
	switch {
	case errors.Is(err, syscall.EISDIR):
		return fmt.Errorf("%s is a folder: name the site file in it, such as %s", file, filepath.Join(file, "site.yaml"))
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s: name your site file; examples/gjerdrum/site.yaml is one to start from", file)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s cannot be read: you have no permission; ask its owner, or copy it", file)
	}
	return err
}

func cookies(draft *consent.Draft) int {
	count := 0
	for i := range draft.Services {
		count += len(draft.Services[i].Cookies)
	}
	return count
}
