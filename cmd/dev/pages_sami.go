package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// samiCategories are the names and purposes of the example's categories in
// Northern Sami, for the pictures only: a native reader has yet to see them.
var samiCategories = map[consent.CategoryKey][2]string{
	consent.Necessary: {"Dárbbašlaš", "Dárbbašuvvo vai siiddut ja bálvalusat maid ieš bivddát, doibmet."},
	"functional":      {"Doaimmat", "Diktá du ságastallat suohkaniin, čuovvut čoahkkimiid njuolga ja oažžut skoviid iežat gillii."},
	"statistics":      {"Statistihkka", "Veahkeha min oaidnit mii doaibmá, vai sáhttit buoridit siidduid."},
	"marketing":       {"Márkanfievrrideapmi", "Diktá du geahččat YouTube-videoid. YouTube geavaha dieđuid du birra maid čájehit máinnuhusaid."},
}

// speakSami publishes a copy of the demonstration's site that speaks Northern
// Sami too, the way an administrator does. What has no text in it is shown in
// bokmål: the pictures are of the banner's own words.
func speakSami(ctx context.Context, demo demoAddresses) error {
	return demo.republish(ctx, func(draft *consent.Draft) {
		draft.Site.Languages = append(draft.Site.Languages, consent.NorthernSami)
		for i := range draft.Categories {
			category := &draft.Categories[i]
			if words, written := samiCategories[category.Key]; written {
				category.Name[consent.NorthernSami], category.Purpose[consent.NorthernSami] = words[0], words[1]
			}
		}
		lend(reflect.ValueOf(draft))
	})
}

// republish changes the draft of the demonstration's site and publishes it, the way
// an administrator does.
func (demo demoAddresses) republish(ctx context.Context, change func(*consent.Draft)) error {
	exported, err := demo.samtykke(ctx, "site", "export", "gjerdrum")
	if err != nil {
		return err
	}
	draft, _, err := config.ParseSite(exported)
	if err != nil {
		return err
	}
	change(draft)
	file, err := config.FormatSite(draft)
	if err != nil {
		return err
	}
	path := filepath.Join(filepath.Dir(demo.program), "changed.yaml")
	defer os.Remove(path)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		return err
	}
	if _, err = demo.samtykke(ctx, "site", "import", path); err == nil {
		_, err = demo.samtykke(ctx, "notice", "publish", "--no-pictures", "gjerdrum")
	}
	return err
}

// lend gives every text that there is in bokmål to Northern Sami, where it has none.
func lend(value reflect.Value) {
	if text, ok := value.Interface().(consent.Text); ok {
		if len(text) > 0 && text[consent.NorthernSami] == "" {
			text[consent.NorthernSami] = text[consent.Bokmaal]
		}
		return
	}
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			lend(value.Elem())
		}
	case reflect.Struct:
		for i := range value.NumField() {
			lend(value.Field(i))
		}
	case reflect.Slice:
		for i := range value.Len() {
			lend(value.Index(i))
		}
	default: // holds no text
	}
}

// samtykke runs a verb on the database of the demonstration.
func (demo demoAddresses) samtykke(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, demo.program, append(args, "--data", demo.Data)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	err := cmd.Run()
	return out.Bytes(), err
}
