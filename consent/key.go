package consent

// maxKey is the length of the longest key, in characters.
const maxKey = 40

// Valid says whether the key follows its rule: [a-z0-9][a-z0-9-]{0,39}.
func (k SiteKey) Valid() bool { return validKey(string(k)) }

// Valid says whether the key follows the rule of SiteKey.
func (id OrganisationID) Valid() bool { return validKey(string(id)) }

// Valid says whether the key follows the rule of SiteKey.
func (k CategoryKey) Valid() bool { return validKey(string(k)) }

// Valid says whether the key follows the rule of SiteKey.
func (k ServiceKey) Valid() bool { return validKey(string(k)) }

// validKey holds for names that are safe in addresses, markup, tables and logs.
func validKey(key string) bool {
	if key == "" || len(key) > maxKey || key[0] == '-' {
		return false
	}
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
