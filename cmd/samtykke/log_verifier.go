package main

import (
	"io"

	"github.com/samtykke/samtykke/banner"
)

type logVerifierCmd struct {
	Out string `short:"o" placeholder:"FILE" help:"Write to this file, which appears when it is complete; otherwise to standard output."`
}

// Help says who needs the page, and why from here.
func (c *logVerifierCmd) Help() string {
	return `Writes the page with which anyone verifies a receipt: that the choice stands in the log unchanged, and that the log has signed it. It is one HTML file that runs in a browser from the disk, loads nothing and sends nothing. The server hands out the same bytes at /verify.html.

Whoever wants to check those who run a server should not get the page from there: give auditors and the authority a copy, with the verifier keys of the logs.

Example:

  samtykke log verifier -o verify.html`
}

// Run writes the page.
func (c *logVerifierCmd) Run(t *terminal) error {
	page, err := banner.Verifier()
	if err != nil {
		return err
	}
	write := func(out io.Writer) error {
		_, err := out.Write(page)
		return err
	}
	if c.Out == "" {
		return write(t.out)
	}
	return writeWhole(c.Out, write)
}
