package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

// settle sees to it that each file is of the organisation that its site is in, and that an
// organisation which a file makes may be made. It shows all that is wrong before anything
// is saved. An organisation that is there stays as it is.
func (c *siteImportCmd) settle(ctx context.Context, t *terminal, store consent.Store, files []*siteFile) error {
	all, err := store.Organisations(ctx)
	if err != nil {
		return err
	}
	sites, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	var faulty fileFaults
	for _, file := range files {
		faults := file.placed(sites)
		if len(faults) == 0 {
			if faults = c.named(file, all); len(faults) == 0 {
				all = append(all, file.draft.Organisation) // for the files after it
			}
		}
		for i := range faults {
			faults[i].Line = file.line(faults[i].Path)
		}
		writeProblems(t.err, file.name, faults)
		faulty.add(file.name, faults)
	}
	return faulty.refuse(t, "imported", c.JSON)
}

// placed gives a fault when the site is in another organisation: its log and its register
// would go along, to people who were never to see them.
func (f *siteFile) placed(sites []consent.SiteEntry) consent.Problems {
	key, in := f.draft.Site.Key, f.draft.Organisation.ID
	at := slices.IndexFunc(sites, func(site consent.SiteEntry) bool { return site.Key == key })
	if f.known = at >= 0; !f.known || sites[at].Organisation == in {
		return nil
	}
	return consent.Problems{{
		Path: "organisation.id", Severity: consent.Fault, Code: "other_organisation",
		Message: fmt.Sprintf("The site %s is in the organisation %s, but the file names %s. A file does not move a site, with its log, to another organisation.", key, sites[at].Organisation, in),
		Repair:  fmt.Sprintf("Write organisation.id: %s in the file, or give the site a key of its own when it is another site.", sites[at].Organisation),
	}}
}

// named takes the organisation as it is here. It gives what keeps a new one from being made.
func (c *siteImportCmd) named(file *siteFile, all []consent.Organisation) consent.Problems {
	says := file.draft.Organisation
	at := slices.IndexFunc(all, func(o consent.Organisation) bool { return o.ID == says.ID })
	if at < 0 {
		return organising.CheckNamed(all, &says)
	}
	here := all[at]
	if here != says {
		file.kept = fmt.Sprintf("%s: the organisation %s stays %s (%s), although the file says %s (%s). To change it in all of its sites: samtykke organisation change %s --name %s --number %s%s",
			file.name, here.ID, printable(here.Name), printable(here.Number), printable(says.Name), printable(says.Number), here.ID, quoted(says.Name), quoted(says.Number), c.again())
	}
	file.draft.Organisation = here
	return nil
}
