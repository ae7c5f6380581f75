package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// translations gives what banner and panel say, with the corrections of the
// folder that the settings name. Every fault of a correction is told at once.
func translations(t *terminal, settings *config.Config) (consent.Translations, error) {
	files, err := correctionFiles(settings.Texts.Corrections)
	if err != nil {
		return nil, err
	}
	said := maps.Clone(consent.Shipped())
	faulty := false
	for _, file := range files {
		corrected, err := correction(t, file)
		switch {
		case errors.As(err, &told{}):
			faulty = true
		case err != nil:
			return nil, err
		default:
			said[languageOf(file)] = corrected
		}
	}
	if faulty {
		return nil, told{errors.New("faults")}
	}
	return said, nil
}

// spoken gives the settings, and what banner and panel say by them.
func (a access) spoken(t *terminal) (*config.Config, consent.Translations, error) {
	settings, err := a.settings(t, nil)
	if err != nil {
		return nil, nil, err
	}
	said, err := translations(t, settings)
	return settings, said, err
}

// correctionFiles lists the files of a folder that correct texts.
func correctionFiles(folder string) ([]string, error) {
	if folder == "" {
		return nil, nil
	}
	if _, err := os.ReadDir(folder); err != nil {
		return nil, err // a folder that is not there is a mistake, not an empty one
	}
	return filepath.Glob(filepath.Join(folder, "*.json"))
}

func languageOf(file string) consent.Language {
	return consent.Language(strings.TrimSuffix(filepath.Base(file), ".json"))
}

// correction reads the corrected texts of one file, and tells its faults.
func correction(t *terminal, file string) (*consent.Translation, error) {
	own, err := shippedIn(languageOf(file))
	if err != nil {
		return nil, err
	}
	text, err := readWhole(file)
	if err != nil {
		return nil, err
	}
	corrected, problems := own.Corrected(text)
	if len(problems) == 0 {
		return corrected, nil
	}
	t.remark("%s: %s.", file, tally(problems))
	writeProblems(t.err, file, problems)
	return nil, told{problems}
}

// shippedIn gives our own texts in a language, or says which there are.
func shippedIn(lang consent.Language) (*consent.Translation, error) {
	if own := consent.Shipped()[lang]; own != nil {
		return own, nil
	}
	return nil, consent.Errorf(consent.NotFound, "unknown_language",
		"There are no texts in %q. The languages are %s; a file of corrections is named after one of them, such as se.json.", lang, join(consent.Languages()))
}
