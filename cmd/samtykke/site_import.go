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
	"github.com/samtykke/samtykke/server/sitefile"
)

type siteImportCmd struct {
	access
	Files []string `arg:"" name:"file" help:"Site files (YAML)."`
	JSON  bool     `name:"json" help:"Write one JSON object per file, or one with all faults."`
}

// Help says what happens to faulty files.
func (c *siteImportCmd) Help() string {
	return `Each file becomes the draft of the site whose key it names; visitors see nothing of it until "samtykke notice publish". If any file has a fault, or two files name the same site, all of it is listed and nothing is imported. A file that says what the draft says changes nothing.

A site stays in its organisation: a file that names another one is refused. An organisation that is there keeps its name and number, which "samtykke organisation change" changes in all of its sites. One that is not there is made, unless its number or name is that of another.

Read on: samtykke help site-file`
}

// Run imports all of the files or none.
func (c *siteImportCmd) Run(ctx context.Context, t *terminal) (err error) {
	files, err := c.read(t)
	if err != nil {
		return err
	}
	store, err := c.create(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := c.settle(ctx, t, store, files); err != nil {
		return err
	}
	for _, file := range files {
		if err := c.save(ctx, t, store, file); err != nil {
			return err
		}
	}
	return nil
}

// save makes a file the draft of its site.
func (c *siteImportCmd) save(ctx context.Context, t *terminal, store consent.Store, file *siteFile) error {
	draft, action := file.draft, "site.import"
	if file.known {
		now, err := store.Draft(ctx, draft.Site.Key)
		if err != nil {
			return err
		}
		if sitefile.Same(now, draft) {
			return c.report(t, file, false)
		}
		action = "draft.import"
	}
	telling := tells(ctx, t, consent.Act{Organisation: draft.Organisation.ID, Site: draft.Site.Key, Action: action})
	planned, err := planOf(ctx, store, draft.Site.Key)
	if err != nil {
		return err
	}
	if err := store.SaveDraft(telling, *draft, t.clock()); err != nil {
		var known *consent.Error
		if errors.As(err, &known) && known.Code == "same_number" { // since the files were read
			known.Message += " Write organisation.id in the file as it is here when it is that one."
		}
		return fmt.Errorf("%s: %w", file.name, err)
	}
	if err := c.remarkLapsed(ctx, t, store, planned); err != nil {
		return err
	}
	return c.report(t, file, true)
}

// read gives all files, or shows everything that is wrong with them.
func (c *siteImportCmd) read(t *terminal) ([]*siteFile, error) {
	files := make([]*siteFile, 0, len(c.Files))
	var faulty fileFaults
	for _, name := range c.Files {
		file, err := readSiteFile(t, name)
		if err != nil {
			if c.JSON && faulty.addError(name, err) {
				err = errors.Join(err, faulty.write(t, "imported"))
			}
			return nil, err
		}
		faults := file.problems.Faults()
		writeProblems(t.err, name, faults)
		if warnings := len(file.problems) - len(faults); warnings > 0 {
			t.remark("%s: %s; \"samtykke inventory check %s\" lists them.", name, plural(warnings, "warning"), quoted(name))
		}
		faulty.add(name, faults)
		files = append(files, file)
	}
	c.twice(t, files, &faulty)
	return files, faulty.refuse(t, "imported", c.JSON)
}

// twice adds a fault for each file whose site another file before it is, too:
// the last one would silently win.
func (c *siteImportCmd) twice(t *terminal, files []*siteFile, faulty *fileFaults) {
	first := map[consent.SiteKey]string{}
	for _, each := range files {
		key, file := each.draft.Site.Key, each.name
		if before, taken := first[key]; taken && key != "" {
			fault := consent.Problems{{
				Path: "site.key", Severity: consent.Fault, Code: "duplicate",
				Message: fmt.Sprintf("%s and %s are both the site %s.", before, file, key),
				Repair:  "Import one of them, or give one a key of its own.",
			}}
			writeProblems(t.err, "", fault)
			faulty.add(file, fault)
			continue
		}
		first[key] = file
	}
}

// report tells what became of a file. Changed says whether the draft was another.
func (c *siteImportCmd) report(t *terminal, file *siteFile, changed bool) error {
	draft, key := file.draft, file.draft.Site.Key
	if file.kept != "" {
		t.remark("%s", file.kept)
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{
			"file": file.name, "site": key, "changed": changed, "services": len(draft.Services), "cookies": cookies(draft),
		})
	}
	if !changed {
		sayNothingToSave(t, key)
		return nil
	}
	t.say("Imported %s from %s: %s, %s.", key, file.name,
		plural(len(draft.Services), "service"), plural(cookies(draft), "cookie"))
	t.say("Show it to visitors with: samtykke notice publish %s%s", key, c.again())
	return nil
}

// siteFile is a site file that was read.
type siteFile struct {
	name     string
	draft    *consent.Draft
	problems consent.Problems
	line     func(path string) int
	known    bool   // its site is there already
	kept     string // what is said of its organisation, which stays as it is; "" for nothing
}

// readSite reads and validates a site file, as it is today. The error says what file it was.
func readSite(t *terminal, name string) (*consent.Draft, consent.Problems, error) {
	file, err := readSiteFile(t, name)
	if err != nil {
		return nil, nil, err
	}
	return file.draft, file.problems, nil
}

func readSiteFile(t *terminal, name string) (*siteFile, error) {
	data, err := readWhole(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	draft, problems, line, err := config.ParseSiteLines(data, t.today())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &siteFile{name: name, draft: draft, problems: problems, line: line}, nil
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
