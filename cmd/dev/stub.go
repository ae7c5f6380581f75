package main

import "context"

func size(context.Context, []string) error        { return nil }
func bench(context.Context, []string) error       { return nil }
func benchServer(context.Context, []string) error { return nil }
func pages(context.Context, []string) error       { return nil }
