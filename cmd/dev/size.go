package main

import "context"

func size(context.Context, []string) error { return nil }
