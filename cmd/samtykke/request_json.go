package main

import (
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// requestLine writes a request as one line of JSON.
func requestLine(t *terminal, r *consent.Request, today consent.Day) error {
	return json.NewEncoder(t.out).Encode(rights.NewRequest(r, today))
}
