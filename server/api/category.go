package api

import (
	"encoding/json"
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// categoryRoutes are about the categories of a draft. The reason and the signature of
// what is necessary stand with each cookie, as they do in the site file.
func categoryRoutes() []route {
	const all, one = "/sites/:site/categories", "/sites/:site/categories/:category"
	remove := partOf(http.MethodDelete, one, "api.draft.category.remove", "deleteCategory", "Remove a category that nothing is in: put its services and cookies into others first", (*request).partDelete)
	remove.refused = append([]int{http.StatusConflict}, ofMatch...)
	return []route{
		seen(all, "listCategories", "The categories of the draft, in the order that visitors see. The ETag is that of the draft, and is needed to change one", Categories{}, (*request).categoriesGet),
		seen(one, "getCategory", "One category", SiteCategory{}, (*request).partGet),
		takes(SiteCategory{}, partOf(http.MethodPut, one, "api.draft.category.save", "putCategory", "Put a category in the place of the one of that key, or add it behind the others", (*request).partPut)),
		remove,
		seen("/sites/:site/exemptions", "listExemptions", "The cookies that nobody is asked about, with the written reason of each, and who has signed it when. They are changed by putting the cookie", Exemptions{}, (*request).exemptionsGet),
	}
}

// SiteCategory is a category as a site file has it.
type SiteCategory struct{ json.RawMessage }

// Categories is a list.
type Categories struct {
	Categories []SiteCategory `json:"categories"`
}

// Exemptions is a list.
type Exemptions struct {
	Exemptions []Exempted `json:"exemptions"`
}

// Exempted is a cookie that nobody is asked about.
type Exempted struct {
	Service   consent.ServiceKey `json:"service"`
	Cookie    string             `json:"cookie"`
	Exemption *Exemption         `json:"exemption" about:"null while nobody has written it: with that the draft cannot be published"`
}

// Exemption is why nobody is asked.
type Exemption struct {
	Ground   consent.Exempt `json:"ground"`
	Reason   consent.Text   `json:"reason"`
	When     consent.Text   `json:"when"     about:"only under these circumstances; empty for always"`
	Reviewer string         `json:"reviewer" about:"a role, never a person"`
	Reviewed string         `json:"reviewed" about:"day"`
}

func (r *request) categoriesGet() (*answer, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, err
	}
	list := Categories{make([]SiteCategory, len(at.Categories))}
	for i, each := range at.Categories {
		list.Categories[i] = SiteCategory{each}
	}
	return at.answer(list), nil
}

func (r *request) exemptionsGet() (*answer, error) {
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	return &answer{body: Exemptions{ExemptionsOf(draft)}, tag: revisionTag(revision)}, nil
}

// ExemptionsOf gives the cookies of a draft that nobody is asked about.
func ExemptionsOf(draft *consent.Draft) []Exempted {
	all := []Exempted{}
	for i := range draft.Services {
		s := &draft.Services[i]
		for j := range s.Cookies {
			if c := &s.Cookies[j]; c.CategoryIn(s) == consent.Necessary {
				all = append(all, newExempted(s, c))
			}
		}
	}
	return all
}

func newExempted(s *consent.Service, c *consent.Cookie) Exempted {
	told := Exempted{Service: s.Key, Cookie: c.Pattern.Name}
	if e := c.Exemption; e != nil {
		told.Exemption = &Exemption{e.Ground, orNone(e.Reason), orNone(e.When), e.Reviewer, e.Reviewed}
	}
	return told
}

// orNone gives a text that is an object in JSON, also when there is none.
func orNone(text consent.Text) consent.Text {
	if text == nil {
		return consent.Text{}
	}
	return text
}
