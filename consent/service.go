package consent

// ServiceKey names a Service within a Site.
type ServiceKey string

// Ask says where a Service is asked for.
type Ask string

// The places where consent is asked.
const (
	AskBanner  Ask = "banner"   // with its Category, in the banner
	AskInPlace Ask = "in place" // by its placeholder, when the visitor wants the content
	AskNever   Ask = "never"    // nothing optional in it, or switched off
)

// Role is what the provider is under data protection law.
type Role string

// The roles of GDPR art. 4(7), 4(8) and 26.
const (
	RoleProcessor  Role = "processor"
	RoleController Role = "controller"
	RoleJoint      Role = "joint"
)

// Basis is the legal basis for storing or reading on the visitor's device.
type Basis string

// The bases. Everything that is not strictly necessary rests on consent
// (ekomloven § 3-15); there is no other.
const (
	BasisConsent     Basis = "consent"
	BasisNecessary   Basis = "necessary"
	BasisSwitchedOff Basis = "switched off" // nothing is set any more; what is left is removed
)

// Service is a party acting on the page.
type Service struct {
	Key  ServiceKey `json:"key" yaml:"key"`
	Name Text       `json:"name" yaml:"name"`
	// Purpose is one plain sentence per language.
	Purpose Text `json:"purpose" yaml:"purpose"`
	// PurposeRevision counts the meanings of Purpose, of the cookies' purposes
	// and of DataCategories, as a Category's does.
	PurposeRevision int      `json:"purpose_revision,omitempty" yaml:"purpose_revision,omitempty"`
	Provider        Provider `json:"provider" yaml:"provider"`
	// Recipients are further companies that receive data through the service.
	Recipients []Provider `json:"recipients,omitempty" yaml:"recipients,omitempty"`
	// Category is the category of its cookies, where a cookie names no other.
	Category CategoryKey `json:"category" yaml:"category"`
	Ask      Ask         `json:"ask" yaml:"ask"`
	Basis    Basis       `json:"legal_basis" yaml:"legal_basis"`
	// DataCategories are the kinds of personal data that are processed.
	DataCategories []Text `json:"data_categories" yaml:"data_categories"`
	// Retention is how long the provider keeps these data, which is not how long a
	// cookie lives. Empty while the Organisation has to find out.
	Retention Lifetime `json:"retention,omitempty" yaml:"retention,omitempty"`
	// Locations are the countries that the data are stored in, ISO 3166-1 alpha-2.
	// Empty means those of the companies.
	Locations []string `json:"storage_locations,omitempty" yaml:"storage_locations,omitempty"`
	// Security is the provider's technical and organisational measures (GDPR art.
	// 30(1)(g)). Published with the notice, so it tells no secrets.
	Security Text `json:"security,omitempty" yaml:"security,omitempty"`
	// Hosts are the hosts that the service contacts, for gating and scanning.
	Hosts []string `json:"hosts,omitempty" yaml:"hosts,omitempty"`
	// NeverOn are pages where nothing marked with the service runs, whatever the
	// visitor has said: every path that begins so, such as /min-side/. It is a
	// promise to those who fill in forms there, and no question of its own.
	NeverOn []string `json:"never_on,omitempty" yaml:"never_on,omitempty"`
	// Warning is shown before the content is loaded, such as "do not write
	// secrets in the chat".
	Warning Text `json:"warning,omitempty" yaml:"warning,omitempty"`
	// Link leads to the content at the provider, for those who decline.
	Link    string   `json:"link,omitempty" yaml:"link,omitempty"`
	Cookies []Cookie `json:"cookies" yaml:"cookies"`
	// Notes are for the people who keep the inventory; never published.
	Notes []string `json:"notes,omitempty" yaml:"notes,omitempty"`
}

// Provider is a company.
type Provider struct {
	// Name is the company, not the product. Empty is allowed in a Draft, with
	// Missing saying what the Organisation must find out.
	Name     string    `json:"name" yaml:"name"`
	Missing  Text      `json:"missing,omitempty" yaml:"missing,omitempty"`
	Country  []string  `json:"country" yaml:"country"` // ISO 3166-1 alpha-2
	Role     Role      `json:"role" yaml:"role"`
	Policy   string    `json:"policy,omitempty" yaml:"policy,omitempty"` // address of its privacy policy
	Transfer *Transfer `json:"transfer,omitempty" yaml:"transfer,omitempty"`
	// Contact is how to reach a company that is a controller together with the
	// Organisation (GDPR art. 30(1)(a)).
	Contact *Channels `json:"contact,omitempty" yaml:"contact,omitempty"`
}

// TransferBasis is the ground for a transfer out of the EEA (GDPR ch. V).
type TransferBasis string

// The transfer bases.
const (
	TransferAdequacy TransferBasis = "adequacy" // art. 45
	TransferSCC      TransferBasis = "scc"      // art. 46(2)(c)
)

// Transfer is a transfer of personal data out of the EEA.
type Transfer struct {
	Country string        `json:"country" yaml:"country"` // ISO 3166-1 alpha-2
	Basis   TransferBasis `json:"basis" yaml:"basis"`
	Checked string        `json:"checked" yaml:"checked"` // date, YYYY-MM-DD
}

// Company gives the provider or recipient of that name, however it is spelt; of
// any other company, only the name is known.
func (s *Service) Company(name string) *Provider {
	wanted := companyName(name)
	if companyName(s.Provider.Name) == wanted {
		return &s.Provider
	}
	for i := range s.Recipients {
		if companyName(s.Recipients[i].Name) == wanted {
			return &s.Recipients[i]
		}
	}
	return &Provider{Name: name}
}
