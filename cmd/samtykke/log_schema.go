package main

import (
	_ "embed"
	"io"
)

// recordSchemaFile is the JSON Schema (draft 2020-12) of each line of the JSON-LD.
//
//go:embed consent-record.schema.json
var recordSchemaFile string

type logSchemaCmd struct{}

// Help says what it is for.
func (c *logSchemaCmd) Help() string {
	return `Each line of "samtykke log export SITE --format jsonld" fits this schema (JSON Schema, draft 2020-12): everything that ISO/IEC TS 27560 makes mandatory of a consent record must be there.

Example:

  samtykke log schema > consent-record.schema.json`
}

// Run writes the schema.
func (c *logSchemaCmd) Run(t *terminal) error {
	_, err := io.WriteString(t.out, recordSchemaFile)
	return err
}
