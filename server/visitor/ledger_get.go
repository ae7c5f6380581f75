package visitor

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

var (
	typeText = NewHeader(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	// cacheNever is for what is another thing a moment later, or one person's.
	cacheNever = NewHeader(fiber.HeaderCacheControl, "no-store")
)

// shardRoutes adds what anyone may know of a Site's ledger. Without a shard it
// is that of the newest tree; only the keys are those of all.
func (v *Visitor) shardRoutes(app fiber.Router) {
	for _, path := range []string{"/:site/log", "/:site/log/:shard"} {
		app.Get(path+"/checkpoint", v.checkpoint)
		app.Get(path+"/keys", v.keys)
		app.Get(path+"/consistency/:from", v.consistency)
	}
}

// checkpoint answers GET /{site}/log[/{shard}]/checkpoint with the signed head
// of a tree (C2SP tlog-checkpoint): the newest that enough witnesses have
// cosigned, or the newest when there is none. Whoever keeps it can prove later
// that the tree has only grown since.
func (v *Visitor) checkpoint(c *fiber.Ctx) error {
	tree, err := v.tree(c)
	if err != nil {
		return err
	}
	if tree.Witnessed != nil {
		return c.Send(tree.Witnessed)
	}
	return c.Send(tree.Checkpoint)
}

// keys answers GET /{site}/log[/{shard}]/keys with verifier keys, one a line
// (signed note verifier keys): those of a tree, or of all, the newest first,
// because receipts and packs are of earlier years, too.
func (v *Visitor) keys(c *fiber.Ctx) error {
	trees, err := v.trees(c)
	if err != nil {
		return err
	}
	var lines strings.Builder
	for i := range trees {
		lines.WriteString(strings.TrimRight(trees[i].Keys, "\n") + "\n")
	}
	return c.SendString(lines.String())
}

// consistency answers GET /{site}/log[/{shard}]/consistency/{from}: the size,
// the hashes that prove that the tree extends what it was then, and its
// checkpoint. It is what a witness is sent (C2SP tlog-witness, add-checkpoint).
func (v *Visitor) consistency(c *fiber.Ctx) error {
	tree, err := v.tree(c)
	if err != nil {
		return err
	}
	from, err := strconv.ParseInt(c.Params("from"), 10, 64)
	if err != nil {
		return consent.Errorf(consent.Invalid, "no_such_size", "The size is a whole number: that of the checkpoint which you hold.")
	}
	path, err := v.Store.Consistency(c.UserContext(), tree.Origin, from, tree.Size)
	if err != nil {
		return err
	}
	submission := consent.Submission{From: from, Path: path, Checkpoint: tree.Checkpoint}
	return c.Send(submission.Encode())
}

// tree finds the tree that a path names, or the newest, for anyone who asks.
func (v *Visitor) tree(c *fiber.Ctx) (*consent.Tree, error) {
	trees, err := v.trees(c)
	if err != nil {
		return nil, err
	}
	return &trees[0], nil
}

// trees finds the tree that a path names, or all of the site, the newest first:
// one at least.
func (v *Visitor) trees(c *fiber.Ctx) ([]consent.Tree, error) {
	current, err := v.current(c)
	if err != nil {
		return nil, err
	}
	if err := v.spend(c, v.limiter); err != nil {
		return nil, err
	}
	trees, err := v.Store.Trees(c.UserContext(), current.site)
	if err != nil {
		return nil, err
	}
	if shard := c.Params("shard"); shard != "" {
		trees = slices.DeleteFunc(trees, func(t consent.Tree) bool { return !strings.HasSuffix(t.Origin, "/"+shard) })
	}
	if len(trees) == 0 {
		return nil, consent.Errorf(consent.NotFound, "unknown_tree", "There is no such ledger. It begins with the site's first decision, and has one part for each year.")
	}
	Set(c, typeText, cacheNever, anyOrigin)
	return trees, nil
}
