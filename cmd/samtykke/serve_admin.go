package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/provider"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/ledger"
)

// administer serves the administration until ctx ends.
func (h *house) administer(ctx context.Context, group *errgroup.Group) error {
	key, err := storage.AdminKey(h.settings)
	if err != nil {
		return err
	}
	pages, err := admin.New(admin.Options{ //nolint:contextcheck // what a broken-off request began is forgotten all the same
		Store: h.store, Bundler: banner.New(h.store, h.said, h.clock), Said: h.said, Clock: h.clock, Log: h.log,
		URL: h.settings.Admin.URL.String(), Address: h.adminURL(), Key: key, Public: h.settings.Public.URL.String(),
		Audits: h.audits, Prove: ledger.Prove, Pack: h.pack, Release: release,
		Proxies: h.settings.Public.TrustedProxies, ProxyHeader: h.settings.Public.ProxyHeader,
		Outside: h.outside(), Control: &control.Checker{}, ProvenOrigins: h.settings.Admin.Origins == config.OriginsProven,
		Try: h.try(), Send: h.send(), Published: h.pictures.add,
	})
	if err != nil {
		return err
	}
	group.Go(func() error {
		pages.ReadAhead(ctx)
		return pages.Serve(h.admin)
	})
	group.Go(func() error { pages.Run(ctx); return nil })
	group.Go(func() error {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastRequests)
		defer cancel()
		return pages.Shutdown(last)
	})
	return nil
}

// pack writes the audit pack of a site, as "samtykke log pack" does.
func (h *house) pack(ctx context.Context, of consent.LogQuery, to io.Writer) error {
	more, err := packHelp()
	if err != nil {
		return err
	}
	return ledger.Pack{Site: of.Site, Days: ledger.PackDaysOf(of.From, of.To), Store: h.store, Made: h.clock(), More: more}.Write(ctx, to)
}

// outside gives the provider at which people log in, nil for none.
func (h *house) outside() *admin.Outside {
	o := h.settings.Admin.OIDC
	if o.Issuer == "" {
		return nil
	}
	return &admin.Outside{
		Provider: provider.New(provider.Options{
			Issuer: o.Issuer, ClientID: o.ClientID, ClientSecret: o.ClientSecret.Reveal(), Return: h.adminURL() + "/login/return",
			Require: o.Require, Clock: h.clock, Log: h.log,
		}),
		Name: o.Name, Factor: o.Factor == config.FactorProvider,
	}
}

// adminURL gives where people reach the administration, "" for nowhere.
func (h *house) adminURL() string {
	if h.admin == nil {
		return ""
	}
	return cmp.Or(h.settings.Admin.URL.String(), "http://"+net.JoinHostPort("localhost", port(h.admin)))
}

// close closes what has been opened and is not served.
func (h *house) close() error {
	var errs []error
	for _, listener := range []net.Listener{h.public, h.debug, h.admin} {
		if listener != nil {
			errs = append(errs, listener.Close())
		}
	}
	return errors.Join(errs...)
}
