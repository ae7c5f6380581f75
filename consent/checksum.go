package consent

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

// A checksum covers what a yes was a yes to, and no wording (GDPR art. 4(11)):
//
//   - which services, companies, roles and transfers out of the EEA;
//   - which cookies, of which kind, at which party, and how long they live;
//   - the revision of each purpose, which stands for its meaning (Revise);
//   - which controller asks.
//
// Order, names, translations, hosts, links, look and what the vendor or the
// scanner says of a lifetime are left out: none of them changes what was agreed
// to. Obsolete and residual cookies are left out too, since nothing sets them.
// Lifetimes count by length, so P12M and P1Y are the same. A shorter lifetime
// or a company that leaves asks again as well: a checksum has no direction, and
// one question too many is the safe mistake.
type askedFor struct {
	Scheme     string         `json:"scheme"`
	Controller string         `json:"controller"`
	Category   CategoryKey    `json:"category,omitempty"`
	Revision   int            `json:"revision,omitempty"`
	Services   []askedService `json:"services"`
}

type askedService struct {
	Key       ServiceKey     `json:"key"`
	Revision  int            `json:"revision"`
	Companies []askedCompany `json:"companies"`
	Cookies   []askedCookie  `json:"cookies"`
}

type askedCompany struct {
	Name     string        `json:"name"`
	Role     Role          `json:"role"`
	Transfer string        `json:"transfer,omitempty"`
	Basis    TransferBasis `json:"basis,omitempty"`
}

type askedCookie struct {
	Category CategoryKey `json:"category"`
	Kind     StorageKind `json:"kind"`
	Party    PartyKind   `json:"party"`
	Match    MatchType   `json:"match"`
	Name     string      `json:"name"`
	SetBy    string      `json:"set_by"`
	Seconds  int64       `json:"seconds"` // mean length, 0 session, -1 not stated
}

// categoryChecksum covers what the banner asks for with one category.
func (d *Draft) categoryChecksum(category *Category) string {
	return d.checksum(d.askedCategory(category))
}

func (d *Draft) askedCategory(category *Category) askedFor {
	asked := askedFor{Category: category.Key, Revision: max(category.PurposeRevision, 1)}
	for _, s := range d.bannerServices(category.Key) {
		asked.Services = append(asked.Services, s.asked(category.Key))
	}
	return asked
}

// serviceChecksum covers what a placeholder asks for.
func (d *Draft) serviceChecksum(service *Service) string {
	return d.checksum(askedFor{Services: []askedService{service.asked("")}})
}

func (d *Draft) checksum(asked askedFor) string {
	asked.Scheme, asked.Controller = "ask/1", d.Organisation.Number
	slices.SortFunc(asked.Services, func(a, b askedService) int { return cmp.Compare(a.Key, b.Key) })
	text, err := json.Marshal(asked)
	if err != nil { // strings and numbers always marshal
		panic(err)
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:])[:6]
}

// asked gives the service's part: its cookies of one category, or of all that
// need consent when category is empty.
func (s *Service) asked(category CategoryKey) askedService {
	asked := askedService{Key: s.Key, Revision: max(s.PurposeRevision, 1)}
	for _, company := range append([]Provider{s.Provider}, s.Recipients...) {
		asked.Companies = append(asked.Companies, company.asked())
	}
	for i := range s.Cookies {
		c := &s.Cookies[i]
		of := c.CategoryIn(s)
		if of == Necessary || category != "" && of != category || c.Gone() {
			continue
		}
		name := c.Pattern.Name
		if c.Pattern.AnyCase {
			name = strings.ToLower(name)
		}
		asked.Cookies = append(asked.Cookies, askedCookie{
			Category: of, Kind: c.Kind, Party: c.Party, Match: c.Pattern.Match, Name: name,
			SetBy: companyName(c.SetBy), Seconds: c.Lifetime.Declared.length(),
		})
	}
	slices.SortFunc(asked.Companies[1:], func(a, b askedCompany) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Transfer, b.Transfer), cmp.Compare(a.Role, b.Role))
	})
	slices.SortFunc(asked.Cookies, func(a, b askedCookie) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Match, b.Match), cmp.Compare(a.Category, b.Category))
	})
	return asked
}

func (p *Provider) asked() askedCompany {
	asked := askedCompany{Name: companyName(p.Name), Role: p.Role}
	if p.Transfer != nil {
		asked.Transfer, asked.Basis = p.Transfer.Country, p.Transfer.Basis
	}
	return asked
}

// companyName leaves the letters and digits of a company's name, so that
// "Siteimprove AS" and "Siteimprove A/S" are one company.
func companyName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
