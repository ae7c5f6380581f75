package visitor

import "github.com/samtykke/samtykke/consent"

// The services and cookies of the declaration as data. A lifetime or transfer
// that is not stated is null; a company that is not known has an empty name and
// a sentence in missing.
type (
	serviceJSON struct {
		Key        consent.ServiceKey  `json:"key"`
		Name       string              `json:"name"`
		Purpose    string              `json:"purpose"`
		Category   consent.CategoryKey `json:"category"`
		Ask        consent.Ask         `json:"ask"`
		Basis      consent.Basis       `json:"legal_basis"`
		Provider   companyJSON         `json:"provider"`
		Recipients []companyJSON       `json:"recipients"`
		Data       []string            `json:"data_categories"`
		Retention  *lifetimeJSON       `json:"retention"`
		Locations  []string            `json:"storage_locations"`
		Hosts      []string            `json:"hosts"`
		Warning    string              `json:"warning,omitempty"`
		Link       string              `json:"link,omitempty"`
		Cookies    []cookieJSON        `json:"cookies"`
	}
	companyJSON struct {
		Name     string        `json:"name"`
		Missing  string        `json:"missing,omitempty"`
		Country  []string      `json:"country"`
		Role     consent.Role  `json:"role"`
		Policy   string        `json:"policy,omitempty"`
		Transfer *transferJSON `json:"transfer"`
	}
	transferJSON struct {
		Country string                `json:"country"`
		Basis   consent.TransferBasis `json:"basis"`
		Checked string                `json:"checked"`
	}
	cookieJSON struct {
		Name      string              `json:"name"`
		Match     consent.MatchType   `json:"match"`
		AnyCase   bool                `json:"any_case"`
		Aliases   []string            `json:"aliases"`
		Declared  string              `json:"declared_as,omitempty"`
		Kind      consent.StorageKind `json:"kind"`
		Party     consent.PartyKind   `json:"party"`
		HTTPOnly  bool                `json:"http_only"`
		Category  consent.CategoryKey `json:"category"`
		Reason    string              `json:"category_reason,omitempty"`
		Purpose   string              `json:"purpose"`
		SetBy     string              `json:"set_by,omitempty"`
		Lifetime  lifetimesJSON       `json:"lifetime"`
		Status    consent.Status      `json:"status"`
		Exemption *exemptionJSON      `json:"exemption"`
	}
	lifetimesJSON struct {
		Declared *lifetimeJSON `json:"declared"`
		Vendor   *lifetimeJSON `json:"vendor"`
		Observed *lifetimeJSON `json:"observed"`
	}
	exemptionJSON struct {
		Ground   consent.Exempt `json:"ground"`
		Reason   string         `json:"reason"`
		When     string         `json:"when,omitempty"`
		Reviewer string         `json:"reviewer"`
		Reviewed string         `json:"reviewed"`
	}
)

// serviceData gives the services in the order in which they are written, each
// with all its cookies.
func (e *edition) serviceData() []serviceJSON {
	services := make([]serviceJSON, len(e.draft.Services))
	place := make(map[consent.ServiceKey]*serviceJSON, len(services))
	for i := range e.draft.Services {
		service := &e.draft.Services[i]
		services[i] = serviceJSON{
			Key: service.Key, Name: e.text(service.Name), Purpose: e.text(service.Purpose),
			Category: service.Category, Ask: service.Ask, Basis: service.Basis,
			Provider: e.companyData(&service.Provider), Recipients: []companyJSON{},
			Data: []string{}, Retention: e.lifetimeData(service.Retention), Locations: append([]string{}, service.Locations...), Hosts: append([]string{}, service.Hosts...),
			Warning: e.text(service.Warning), Link: service.Link, Cookies: []cookieJSON{},
		}
		for j := range service.Recipients {
			services[i].Recipients = append(services[i].Recipients, e.companyData(&service.Recipients[j]))
		}
		for _, data := range service.DataCategories {
			services[i].Data = append(services[i].Data, e.text(data))
		}
		place[service.Key] = &services[i]
	}
	for _, row := range inventory(e.draft) {
		service := place[row.service.Key]
		service.Cookies = append(service.Cookies, e.cookieData(row))
	}
	return services
}

func (e *edition) companyData(provider *consent.Provider) companyJSON {
	company := companyJSON{
		Name: provider.Name, Country: append([]string{}, provider.Country...), Role: provider.Role, Policy: provider.Policy,
	}
	if provider.Name == "" {
		company.Missing = e.text(provider.Missing)
	}
	company.Transfer = transferData(provider.Transfer)
	return company
}

// transferData gives a transfer, or nothing when none is stated.
func transferData(transfer *consent.Transfer) *transferJSON {
	if transfer == nil {
		return nil
	}
	return &transferJSON{Country: transfer.Country, Basis: transfer.Basis, Checked: transfer.Checked}
}

func (e *edition) cookieData(row declared) cookieJSON {
	cookie := row.cookie
	data := cookieJSON{
		Name: cookie.Pattern.Name, Match: cookie.Pattern.Match, AnyCase: cookie.Pattern.AnyCase,
		Aliases: append([]string{}, cookie.Pattern.Aliases...), Declared: cookie.Pattern.Declared,
		Kind: cookie.Kind, Party: cookie.Party, HTTPOnly: cookie.HTTPOnly,
		Category: row.category, Reason: cookie.Reason, Purpose: e.text(cookie.Purpose), SetBy: cookie.SetBy,
		Lifetime: lifetimesJSON{
			Declared: e.lifetimeData(cookie.Lifetime.Declared),
			Vendor:   e.lifetimeData(cookie.Lifetime.Vendor),
			Observed: e.lifetimeData(cookie.Lifetime.Observed),
		},
		Status: cookie.Status,
	}
	if why := cookie.Exemption; why != nil {
		data.Exemption = &exemptionJSON{
			Ground: why.Ground, Reason: e.text(why.Reason), When: e.text(why.When),
			Reviewer: why.Reviewer, Reviewed: why.Reviewed,
		}
	}
	return data
}
