package banner

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// usePage is what a page owner writes with the types beside it. Each line after
// "@ts-expect-error" must be refused.
const usePage = `import type { Api, State } from './samtykke'

const api: Api | undefined = window.samtykke
const state: State | undefined = api?.get()
export const counted: boolean = state?.categories.statistics === true && state.answered
export const film: boolean | undefined = state?.services['marketing/youtube']
export const notice: number | undefined = state?.notice

export const off = window.samtykke?.on('change', ({ categories, services }) => {
  if (categories.statistics || services['marketing/youtube']) window.samtykke?.open()
})
off?.()
window.samtykke?.on('ready', () => {})
document.addEventListener('samtykke:change', ({ detail }) => detail.answered)
document.addEventListener('samtykke:ready', (event) => event.detail.notice)
export const known: boolean | undefined = window.samtykke?.grant('youtube')
window.samtykke?.withdraw()

// @ts-expect-error: there may be no Samtykke in the page
window.samtykke.open()
// @ts-expect-error: no such event
window.samtykke?.on('changed', () => {})
// @ts-expect-error: a service has a name
window.samtykke?.grant(1)
// @ts-expect-error: pages cannot put another in its place
window.samtykke = undefined
// @ts-expect-error: the state has no such part
state?.vendors
`

// TestN8PageTypesCompile compiles a page's program with the types that are
// served, as strictly as TypeScript can, and no libraries but the browser's.
func TestN8PageTypesCompile(t *testing.T) {
	compiler, err := filepath.Abs("node_modules/.bin/tsc")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(compiler); err != nil {
		t.Fatalf("TypeScript is not installed (run npm ci in banner/): %v", err)
	}
	types, err := PageTypes()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"samtykke.d.ts": string(types), "page.ts": usePage} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(compiler, "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2020", "--module", "preserve",
		"--lib", "es2020,dom", "--types", "", "samtykke.d.ts", "page.ts")
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s\n%s", err, said, types)
	}
}

// TestPageTypesAreWholeAndNothingElse: every exported name of the page API is
// there, with its comment, and nothing that pages have no business with.
func TestPageTypesAreWholeAndNothingElse(t *testing.T) {
	types, err := PageTypes()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"readonly samtykke?: Api", "get(): State", "on(event: Happening", "/** Opens the second layer. */", "grant(service: string): boolean",
		"/** A category and a service in it: `statistics/youtube`. */", "'samtykke:change': CustomEvent<State>",
	} {
		if !strings.Contains(string(types), want) {
			t.Errorf("the types lack %s", want)
		}
	}
	for _, inner := range []string{"import ", "Host", "Memory", "const ", "function "} {
		if strings.Contains(string(types), inner) {
			t.Errorf("the types hold %s", inner)
		}
	}
	for source, begins := range map[string]string{"export type A = 1": "export type B =", "interface A {\n  b: 1": "interface A {"} {
		if _, err := cutDeclaration(source, begins); err == nil {
			t.Errorf("%q was found in %q", begins, source)
		}
	}
}
