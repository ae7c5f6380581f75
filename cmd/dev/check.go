package main

import (
	"context"
	"fmt"
)

// check is the quick half of test: everything that needs no browser and no Redis.
func check(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("check takes no arguments: %w", errMisuse)
	}
	return runSteps(ctx, append([]step{{"developer tools of banner/", npmInstall}}, checks()...))
}

func checks() []step {
	return []step{
		{"formatting", lint("fmt", "--diff")},
		{"go mod tidy changes nothing", command(".", "go", "mod", "tidy", "-diff")},
		{"golangci-lint", lint("run", "./...")},
		{"TypeScript types", command("banner", "npx", "--no-install", "tsc", "--noEmit")},
		{"Biome", command("banner", "npx", "--no-install", "biome", "ci", "--error-on-warnings", ".")},
		{"banner sizes", func(ctx context.Context) error { return size(ctx, nil) }},
	}
}

// lint runs the linter that .tools/go.mod pins, which has all that go vet looks for. Its
// first build takes some minutes, later ones seconds.
func lint(args ...string) func(context.Context) error {
	return command(".", "go", append([]string{"tool", "-modfile=.tools/go.mod", "golangci-lint"}, args...)...)
}

func command(dir, name string, args ...string) func(context.Context) error {
	return func(ctx context.Context) error { return quiet(ctx, dir, name, args...) }
}
