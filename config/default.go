package config

import "log/slog"

// Default gives the settings that hold where nobody has said otherwise.
func Default() *Config {
	return &Config{
		Public:  Public{Listen: ":8080"},
		Admin:   Admin{Listen: "127.0.0.1:8081", Origins: OriginsAny, OIDC: OIDC{Factor: FactorOwn}},
		Debug:   Debug{Listen: "127.0.0.1:8082"},
		Storage: Storage{SQLite: SQLite{Path: "samtykke.db"}, Queue: 2048},
		Witness: Witness{Every: 60},
		Cache:   Cache{Entries: 256, Redis: Redis{Prefix: "samtykke"}},
		Notices: Notices{Pictures: PicturesAuto},
		Notify:  Notify{Language: "nb", Mail: Mail{TLS: MailStartTLS}},
		Limits:  Limits{DecisionsPerMinute: 120, SitePerDay: 100_000},
		Log:     Log{Level: slog.LevelInfo, Format: LogText},
	}
}
