package consent

import "encoding/json"

// Hash tells what a Draft says from what any other says: all of it, also notes that
// are never published.
func (d *Draft) Hash() Hash {
	text, err := json.Marshal(d)
	if err != nil {
		panic(err) // drafts are plain data
	}
	return HashOf(text)
}
