package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// subject says whose decisions something is about, by what that person shows.
type subject struct {
	Receipt   string `placeholder:"ID" xor:"subject" help:"Receipt of one of the person's decisions."`
	TokenFile string `placeholder:"FILE" xor:"subject" help:"File that holds the person's token, which all of their decisions are found by; - for standard input. A token on the command line would be seen by others on this machine."`
}

// given says whether the person has shown anything.
func (s subject) given() bool { return s.Receipt != "" || s.TokenFile != "" }

// decisions gives what the person has decided on the site, oldest first: all of
// it, or one decision alone when that was recorded without a token.
func (s subject) decisions(ctx context.Context, t *terminal, store consent.Log, site consent.SiteKey) ([]consent.Entry, error) {
	visitor, err := s.visitor(ctx, t, store, site)
	if err != nil {
		return nil, err
	}
	if visitor.IsZero() {
		return s.one(ctx, store, site)
	}
	entries, err := store.Decisions(ctx, site, visitor)
	if err == nil && len(entries) == 0 {
		err = consent.Errorf(consent.NotFound, "unknown_token", "The site %s has no decision of the person with this token. They were erased, their time was up, or the token is another site's.", site)
	}
	return entries, err
}

func (s subject) visitor(ctx context.Context, t *terminal, store consent.Log, site consent.SiteKey) (consent.VisitorKey, error) {
	if s.TokenFile != "" {
		return s.token(t)
	}
	found, err := s.one(ctx, store, site)
	if err != nil {
		return consent.VisitorKey{}, err
	}
	return found[0].Visitor, nil
}

// one gives the decision that the receipt is of.
func (s subject) one(ctx context.Context, store consent.Log, site consent.SiteKey) ([]consent.Entry, error) {
	id, err := consent.ParseDecisionID(strings.TrimSpace(s.Receipt))
	if err != nil {
		return nil, misusef("--receipt: %w", err)
	}
	found, err := store.Read(ctx, consent.LogQuery{Site: site, ID: id})
	if err == nil && len(found) == 0 {
		err = consent.Errorf(consent.NotFound, "unknown_receipt", "The site %s has no decision with this receipt. It was erased, its time was up, or the receipt is another site's.", site)
	}
	return found, err
}

// token reads the token; it is turned into the key at once, and never repeated.
func (s subject) token(t *terminal) (consent.VisitorKey, error) {
	text, err := s.read(t)
	var at *fs.PathError
	if errors.As(err, &at) {
		return consent.VisitorKey{}, misusef("--token-file: %s cannot be read: %w", s.TokenFile, at.Err)
	}
	if err != nil {
		return consent.VisitorKey{}, err
	}
	key, err := consent.ParseToken(strings.TrimSpace(text))
	if err != nil {
		return key, misusef("--token-file: %w", err)
	}
	return key, nil
}

// maxToken is more than a token with blanks around it takes.
const maxToken = 1024

func (s subject) read(t *terminal) (string, error) {
	from := t.in
	if s.TokenFile != "-" {
		file, err := os.Open(s.TokenFile)
		if err != nil {
			return "", err
		}
		defer file.Close()
		from = file
	}
	text, err := io.ReadAll(io.LimitReader(from, maxToken))
	return string(text), err
}
