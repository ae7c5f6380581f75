package cache

import (
	"maps"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A copy is believed only if all that the store says of the thing fits it.
func TestProof(t *testing.T) {
	notice, err := consent.Freeze(storagetest.Draft("skogen"), 1, storagetest.Morning)
	if err != nil {
		t.Fatal(err)
	}
	believed := func(site consent.SiteKey, change func(*consent.NoticeEntry)) bool {
		entry := notice.Entry()
		change(&entry)
		_, err := noticeProof(site, entry).read(notice.JSON)
		return err == nil
	}
	if !believed("skogen", func(*consent.NoticeEntry) {}) {
		t.Error("the notice itself is not believed")
	}
	if believed("havet", func(*consent.NoticeEntry) {}) ||
		believed("skogen", func(e *consent.NoticeEntry) { e.Hash[0] ^= 1 }) ||
		believed("skogen", func(e *consent.NoticeEntry) { e.Number++ }) {
		t.Error("another notice is believed")
	}

	files := map[string][]byte{consent.MainFile: []byte("/* main */"), "panel-nb.js": []byte("/* panel */")}
	consent.NameParts(files)
	main := files[consent.MainFile]
	bundle := &consent.Bundle{
		Notice: 1, NoticeHash: notice.Hash, Hash: consent.HashOf(main), Built: storagetest.Morning,
	}
	for name, change := range map[string]func(*consent.BundleEntry){
		"itself":            func(*consent.BundleEntry) {},
		"another number":    func(e *consent.BundleEntry) { e.Notice++ },
		"another notice":    func(e *consent.BundleEntry) { e.NoticeHash[0] ^= 1 },
		"another main file": func(e *consent.BundleEntry) { e.Hash[0] ^= 1 },
		"another time":      func(e *consent.BundleEntry) { e.Built = e.Built.Add(time.Millisecond) },
		"an altered main file": func(*consent.BundleEntry) {
			bundle.Files[consent.MainFile] = []byte("alert(1)")
		},
		"an altered part": func(*consent.BundleEntry) { bundle.Files["panel-nb.js"] = []byte("alert(1)") },
	} {
		t.Run(name, func(t *testing.T) {
			bundle.Files = maps.Clone(files)
			entry := consent.BundleEntry{Notice: bundle.Notice, NoticeHash: bundle.NoticeHash, Hash: bundle.Hash, Built: bundle.Built}
			change(&entry)
			payload, err := encodeBundle(bundle)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := bundleProof("skogen", "one", entry).read(payload); (err == nil) != (name == "itself") {
				t.Errorf("got %v", err)
			}
		})
	}
}
