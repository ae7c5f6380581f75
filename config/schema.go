package config

import _ "embed"

//go:generate go test -run TestGenerated -update .

//go:embed site.schema.json
var siteSchema []byte

// SiteSchema gives the JSON Schema (draft 2020-12) of a site file, for editors:
// they complete and explain its fields. It is made from the types and comments
// of package consent. The rules that a schema cannot say are in ParseSite.
func SiteSchema() []byte { return siteSchema }
