package main

import (
	"io"

	"github.com/samtykke/samtykke/server/export"
)

// separated chooses what stands between the cells of a CSV file.
type separated struct {
	Separator string `enum:"comma,semicolon" default:"comma" placeholder:"comma|semicolon" help:"Between the cells of CSV; semicolon, with a byte order mark, is what a Norwegian Excel reads."`
}

func (s *separated) semicolons() bool { return s.Separator == export.Semicolon }

// to gives where rows go to that are written with commas.
func (s *separated) to(out io.Writer) io.Writer { return export.Separated(out, s.Separator) }
