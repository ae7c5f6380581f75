package consent

// OrganisationID names an Organisation within one installation, such as
// "gjerdrum". It follows the same rule as a SiteKey.
type OrganisationID string

// Organisation is the public body that decides purpose and means: the
// controller of GDPR art. 4(7).
type Organisation struct {
	ID     OrganisationID `json:"id" yaml:"id"`
	Name   string         `json:"name" yaml:"name"`
	Number string         `json:"number" yaml:"number"` // Norwegian organisation number, nine digits
}

// Contact is where a role can be reached: a role, never a named person.
type Contact struct {
	Name    Text   `json:"name" yaml:"name"`
	Email   string `json:"email,omitempty" yaml:"email,omitempty"`
	Phone   string `json:"phone,omitempty" yaml:"phone,omitempty"`
	Address string `json:"address,omitempty" yaml:"address,omitempty"` // postal address on one line
	URL     string `json:"url,omitempty" yaml:"url,omitempty"`
}

// Channels gives the ways to reach the contact.
func (c *Contact) Channels() Channels {
	return Channels{Email: c.Email, Phone: c.Phone, Address: c.Address, URL: c.URL}
}

// Channels are the ways to reach somebody who is named elsewhere.
type Channels struct {
	Email   string `json:"email,omitempty" yaml:"email,omitempty"`
	Phone   string `json:"phone,omitempty" yaml:"phone,omitempty"`
	Address string `json:"address,omitempty" yaml:"address,omitempty"` // postal address on one line
	URL     string `json:"url,omitempty" yaml:"url,omitempty"`
}

// Contacts are the blocks that GDPR art. 13(1)(a), 13(1)(b) and 13(2)(d) ask for.
type Contacts struct {
	Controller Contact `json:"controller" yaml:"controller"`
	DPO        Contact `json:"data_protection_officer" yaml:"data_protection_officer"`
	Authority  Contact `json:"supervisory_authority" yaml:"supervisory_authority"`
}
