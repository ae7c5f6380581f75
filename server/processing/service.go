package processing

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// service tells of one service as a processing activity.
func (e *edition) service(service *consent.Service, category *consent.Category) web.RecordActivity {
	name := e.Wording(category.Name)
	return web.RecordActivity{
		Kind: "service", Service: service.Key, ID: "service-" + string(service.Key),
		Name: e.Wording(service.Name), Category: &name,
		Items: e.items(told{
			joint: e.joint(service), purposes: e.purposes(service), basis: e.bases(service),
			data: e.data(service), recipients: e.recipients(service), transfers: e.transfers(service),
			erasure: e.erasure(service), security: e.security(service),
		}),
	}
}

// bases gives the service's legal basis; of what it stores whatever is answered,
// its own; and of what is not to be stored any more, none.
func (e *edition) bases(service *consent.Service) []web.RecordText {
	if service.Basis == consent.BasisNecessary {
		return []web.RecordText{plain(e.Words["record_basis_necessary"])}
	}
	all := []web.RecordText{plain(e.Words["record_basis_consent"])}
	for _, each := range []struct {
		gone  bool
		basis string
	}{{false, "record_basis_necessary"}, {true, "answer_basis_left"}} {
		names := web.CookieNames(service, func(c *consent.Cookie) bool {
			return c.CategoryIn(service) == consent.Necessary && c.Gone() == each.gone
		})
		if names != "" {
			all = append(all, plain(e.Words.Fill("answer_basis_for", "names", names, "basis", e.Words[each.basis])))
		}
	}
	return all
}

// companies gives the provider and the other recipients.
func companies(service *consent.Service) []*consent.Provider {
	all := make([]*consent.Provider, 1, 1+len(service.Recipients))
	all[0] = &service.Provider
	for i := range service.Recipients {
		all = append(all, &service.Recipients[i])
	}
	return all
}

// named gives the company's name, or how to speak of it.
func (e *edition) named(company *consent.Provider) string {
	if company.Name == "" {
		return e.Words["record_nameless"]
	}
	return company.Name
}

// joint names those who decide together with the controller (GDPR art. 26), and
// how they are reached.
func (e *edition) joint(service *consent.Service) []web.RecordText {
	var all []web.RecordText
	for _, company := range companies(service) {
		if company.Role == consent.RoleJoint {
			all = append(all, plain(e.named(company)))
			if company.Contact == nil {
				all = append(all, e.missing("record_no_joint_contact", "name", e.named(company)))
			} else {
				all = append(all, e.channels(*company.Contact)...)
			}
		}
	}
	if len(all) == 0 {
		all = append(all, plain(e.Words["record_joint_none"]))
	}
	return all
}

// purposes gives the service's, and what it keeps under another category: that is
// another purpose.
func (e *edition) purposes(service *consent.Service) []web.RecordText {
	all := []web.RecordText{said(e.Wording(service.Purpose))}
	if all[0].Text == "" {
		all[0] = e.missing("record_no_purpose")
	}
	for i := range service.Cookies {
		cookie := &service.Cookies[i]
		if key := cookie.CategoryIn(service); key != service.Category {
			name := string(key)
			if category := e.draft.Category(key); category != nil {
				name = e.Wording(category.Name).Text
			}
			all = append(all, plain(e.Words.Fill("record_beside",
				"name", cookie.Pattern.Name, "category", name, "purpose", e.Wording(cookie.Purpose).Text)))
		}
	}
	return all
}

func (e *edition) data(service *consent.Service) []web.RecordText {
	if len(service.DataCategories) == 0 {
		return []web.RecordText{e.missing("record_no_data")}
	}
	all := make([]web.RecordText, len(service.DataCategories))
	for i, text := range service.DataCategories {
		all[i] = said(e.Wording(text))
	}
	return all
}

func (e *edition) recipients(service *consent.Service) []web.RecordText {
	lines := e.Companies(service)
	all := make([]web.RecordText, len(lines))
	for i, company := range companies(service) {
		all[i] = web.RecordText{AnswerText: lines[i], Missing: company.Name == ""}
	}
	return all
}

// transfers tells of those out of the EEA, and of what suggests one that has no
// ground.
func (e *edition) transfers(service *consent.Service) []web.RecordText {
	var all []web.RecordText
	grounds := map[string]bool{} // by country
	for _, company := range companies(service) {
		if line := e.TransferLine(company); line != "" {
			all, grounds[company.Transfer.Country] = append(all, plain(line)), true
		}
		if len(company.Country) == 0 {
			all = append(all, e.missing("record_no_country", "name", e.named(company)))
		}
		for _, code := range company.Country {
			if !consent.InEEA(code) && (company.Transfer == nil || company.Transfer.Country != code) {
				all = append(all, e.missing("record_no_ground", "name", e.named(company), "country", consent.CountryName(code, e.Lang)))
			}
		}
	}
	if len(service.Locations) > 0 {
		all = append(all, plain(e.Words["locations"]+": "+e.Countries(service.Locations)+"."))
	}
	for _, code := range service.Locations {
		if !consent.InEEA(code) && !grounds[code] {
			all = append(all, e.missing("record_no_location_ground", "country", consent.CountryName(code, e.Lang)))
		}
	}
	if len(all) == 0 {
		all = append(all, plain(e.Words["answer_transfers_none"]))
	}
	return all
}

// erasure tells how long the provider keeps the data, and how long the device
// does.
func (e *edition) erasure(service *consent.Service) []web.RecordText {
	all := []web.RecordText{e.missing("record_no_retention")}
	if service.Retention != "" {
		all[0] = plain(e.Words.Fill("answer_kept", "retention", service.Retention.Words(e.Lang)))
	}
	if list := e.Device(service, known); list != "" {
		all = append(all, plain(e.Words["answer_on_device"]+": "+list+"."))
	}
	var names []string
	for i := range service.Cookies {
		if cookie := &service.Cookies[i]; !known(cookie) {
			names = append(names, cookie.Pattern.Name)
		}
	}
	if len(names) > 0 {
		all = append(all, e.missing("record_no_lifetime", "names", strings.Join(slices.Compact(names), ", ")))
	}
	return all
}

// security gives the provider's measures.
func (e *edition) security(service *consent.Service) []web.RecordText {
	if len(service.Security) == 0 {
		return []web.RecordText{e.missing("record_no_security")}
	}
	return []web.RecordText{said(e.Wording(service.Security))}
}

// known says whether anyone has said how long the cookie lives.
func known(cookie *consent.Cookie) bool { return cookie.Lifetime != consent.Lifetimes{} }
