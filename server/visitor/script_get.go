package visitor

import (
	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// script answers GET /{site}.js: the main file of the current Notice's Bundle.
// Its bytes depend on the Site and the Notice, and on nothing in the request.
func (v *Visitor) script(c *fiber.Ctx) error {
	current, err := v.current(c)
	if err != nil {
		return err
	}
	script := current.script.Load()
	if script == nil {
		built, err := v.Bundler.Current(c.UserContext(), current.Notice)
		if err != nil {
			return err
		}
		asset, ok := built.Files[consent.MainFile]
		if !ok {
			return unknownFile()
		}
		script = serve(asset)
		current.script.Store(script)
	}
	allowAnyPage(c)
	Set(c, cacheMoving)
	return script.send(c)
}

// pinned answers GET /{site}/{bundle}.js: the main file of any Bundle that was
// ever served, the same bytes for ever, for a script tag with integrity.
func (v *Visitor) pinned(c *fiber.Ctx) error {
	return v.sendPinned(c, consent.MainFile)
}

// part answers GET /{site}/panel.{lang}.{bundle}.js, the second layer,
// /{site}/mine.{lang}.{bundle}.js, what it shows of a visitor who has chosen,
// /{site}/place.{lang}.{bundle}.js, placeholders, and /{site}/rest.{lang}.{bundle}.js,
// what most pages do without.
func (v *Visitor) part(name string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return v.sendPinned(c, name+"."+c.Params("lang")+".js")
	}
}

func (v *Visitor) sendPinned(c *fiber.Ctx, file string) error {
	site, err := v.site(c)
	if err != nil {
		return err
	}
	id := consent.BundleID(c.Params("bundle"))
	if !validBundleID(id) {
		return unknownFile()
	}
	built, err := v.Bundler.Pinned(c.UserContext(), site, id)
	if err != nil {
		return err
	}
	asset, ok := built.Files[file]
	if !ok {
		return unknownFile()
	}
	allowAnyPage(c)
	Set(c, cacheForever)
	return serve(asset).send(c)
}

// allowAnyPage lets pages of every origin run the file: it is a script for
// other hosts, holds nothing about the visitor, and integrity needs CORS.
func allowAnyPage(c *fiber.Ctx) {
	Set(c, typeScript, anyOrigin, crossOrigin)
}

// validBundleID keeps what cannot be a bundle's name away from the store.
func validBundleID(id consent.BundleID) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for _, r := range id {
		ok := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
		if !ok {
			return false
		}
	}
	return true
}

func unknownFile() error {
	return consent.Errorf(consent.NotFound, "unknown_file",
		"There is no such file. The script at /{site}.js names the files that belong to it.")
}
