package visitor

import (
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/samtykke/samtykke/consent"
)

// noticeKey names a Notice, whose content never changes.
type noticeKey struct {
	site   consent.SiteKey
	number consent.NoticeNumber
}

// originsKept bounds how many origins a notice remembers to have let in.
const originsKept = 64

// notice is a Notice of a Site, kept at hand.
type notice struct {
	*consent.Notice
	site    consent.SiteKey
	origins *lru.Cache[string, struct{}] // let in before: taking one apart is slow
	script  atomic.Pointer[served]       // its main file, once it was asked for
}

// allows says whether pages of the origin may write to the Site's Log.
func (n *notice) allows(origin string) bool {
	if n.origins.Contains(origin) {
		return true
	}
	if origin == "null" || !n.Draft.Site.AllowsOrigin(origin) {
		return false
	}
	n.origins.Add(origin, struct{}{})
	return true
}

// site gives the Site that the path names, as a key of ours.
func (v *Visitor) site(c *fiber.Ctx) (consent.SiteKey, error) {
	site := consent.SiteKey(c.Params("site"))
	if !site.Valid() {
		return "", unknownSite()
	}
	return site, nil
}

// current gives the current Notice of the Site that the path names. Which one
// is current is asked of the store each time; its content is kept.
func (v *Visitor) current(c *fiber.Ctx) (*notice, error) {
	site, err := v.site(c)
	if err != nil {
		return nil, err
	}
	entry, err := v.Store.CurrentNotice(c.UserContext(), site)
	if err != nil {
		if consent.KindOf(err) == consent.NotFound {
			return nil, unknownSite()
		}
		return nil, err
	}
	return v.notice(c, site, entry.Number)
}

// notice gives one Notice of a Site.
func (v *Visitor) notice(c *fiber.Ctx, site consent.SiteKey, number consent.NoticeNumber) (*notice, error) {
	key := noticeKey{site, number}
	if found, ok := v.notices.Get(key); ok {
		return found, nil
	}
	stored, err := v.Store.Notice(c.UserContext(), site, number)
	if err != nil {
		return nil, err
	}
	origins, err := lru.New[string, struct{}](originsKept)
	if err != nil {
		return nil, err
	}
	found := &notice{Notice: stored, site: site, origins: origins}
	v.notices.Add(key, found)
	return found, nil
}

func unknownSite() error {
	return consent.Errorf(consent.NotFound, "unknown_site",
		"There is no site of this name here. Check the address of the script tag.")
}
