package publishing

import "github.com/samtykke/samtykke/consent"

// Restored gives the draft that publishes what a Notice says. Notes for editors
// were never published, so those of the draft stay, as do whose site it is and texts in
// languages that the notice lacks.
// Revisions of purposes are left to be counted on from the notice in force: a
// number of long ago would let a changed purpose pass as the one that visitors said
// yes to.
func Restored(notice *consent.Notice, draft *consent.Draft) *consent.Draft {
	restored := notice.Draft
	restored.Organisation, restored.Site.Key = draft.Organisation, draft.Site.Key
	restored.Categories = append([]consent.Category{}, notice.Draft.Categories...)
	for i := range restored.Categories {
		restored.Categories[i].PurposeRevision = 0
	}
	of := make(map[consent.ServiceKey]*consent.Service, len(draft.Services))
	for i := range draft.Services {
		of[draft.Services[i].Key] = &draft.Services[i]
	}
	restored.Services = append([]consent.Service{}, notice.Draft.Services...)
	for i := range restored.Services {
		s := &restored.Services[i]
		s.PurposeRevision = 0
		old := of[s.Key]
		if old == nil {
			continue
		}
		s.Notes, s.Cookies = old.Notes, append([]consent.Cookie{}, s.Cookies...)
		for j := range s.Cookies {
			s.Cookies[j].Notes = notesOf(old, &s.Cookies[j])
		}
	}
	return restored.Keeping(draft)
}

func notesOf(s *consent.Service, cookie *consent.Cookie) []string {
	for i := range s.Cookies {
		if c := &s.Cookies[i]; c.Kind == cookie.Kind && c.Pattern.Name == cookie.Pattern.Name {
			return c.Notes
		}
	}
	return nil
}
