package api

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// categoryRoutes are about the categories of a draft. The reason and the signature of
// what is necessary stand with each cookie, as they do in the site file.
func categoryRoutes() []route {
	const all, one = "/sites/:site/categories", "/sites/:site/categories/:category"
	remove := partOf(http.MethodDelete, one, "api.draft.category.remove", "deleteCategory", "Remove a category that nothing is in: put its services and cookies into others first", (*request).categoryDelete)
	remove.refused = append([]int{http.StatusConflict}, ofMatch...)
	return []route{
		seen(all, "listCategories", "The categories of the draft, in the order that visitors see. The ETag is that of the draft, and is needed to change one", Categories{}, (*request).categoriesGet),
		seen(one, "getCategory", "One category", SiteCategory{}, (*request).categoryGet),
		takes(SiteCategory{}, partOf(http.MethodPut, one, "api.draft.category.save", "putCategory", "Put a category in the place of the one of that key, or add it behind the others", (*request).categoryPut)),
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

func (r *request) categoryGet() (*answer, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, err
	}
	if at.category < 0 {
		return nil, errUnknown()
	}
	return at.answer(SiteCategory{at.Categories[at.category]}), nil
}

func (r *request) categoryPut() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if err := r.isJSON(); err != nil {
		return nil, err
	}
	next, err := at.PutCategory(at.category, at.categoryKey, r.c.Request().Body())
	if err != nil {
		return nil, err
	}
	written, key := memberOf(next.Draft.Categories, at.category), string(at.categoryKey)
	return r.putPart(at, next, key, "categories."+key+".key", written != nil && written.Key == at.categoryKey)
}

// categoryDelete removes a category. What is in it is moved by whoever knows where to:
// nothing becomes necessary, or is asked for elsewhere, by the way.
func (r *request) categoryDelete() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if at.category < 0 {
		return nil, errUnknown()
	}
	if services, cookies := at.draft.InCategory(at.categoryKey); services+cookies > 0 {
		return nil, consent.Errorf(consent.Conflict, "category_used", "%d services and %d cookies are in this category. Put them into others first.", services, cookies)
	}
	next := *at.draft
	next.Categories = slices.Delete(slices.Clone(next.Categories), at.category, at.category+1)
	return r.removePart(at, &next, string(at.categoryKey))
}

func (r *request) exemptionsGet() (*answer, error) {
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	list := Exemptions{Exemptions: []Exempted{}}
	for i := range draft.Services {
		s := &draft.Services[i]
		for j := range s.Cookies {
			if c := &s.Cookies[j]; c.CategoryIn(s) == consent.Necessary {
				list.Exemptions = append(list.Exemptions, newExempted(s, c))
			}
		}
	}
	return &answer{body: list, tag: revisionTag(revision)}, nil
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
