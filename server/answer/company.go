package answer

import (
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// companies gives who has received something (GDPR art. 15(1)(c)): the provider
// with all recipients or, of a service that was not granted, with those who set
// what it stores without consent.
func (a acting) companies() []*consent.Provider {
	all := []*consent.Provider{&a.service.Provider}
	if a.granted {
		for i := range a.service.Recipients {
			all = append(all, &a.service.Recipients[i])
		}
		return all
	}
	for i := range a.service.Cookies {
		cookie := &a.service.Cookies[i]
		if cookie.SetBy == "" || !a.stores(cookie) {
			continue
		}
		company := a.service.Company(cookie.SetBy)
		if !slices.ContainsFunc(all, func(said *consent.Provider) bool { return said == company || said.Name == company.Name }) {
			all = append(all, company)
		}
	}
	return all
}
