package consent

import (
	"slices"
	"strings"
)

// Signals say what vendors' scripts are told of the visitor's answer. Each maps the
// vendor's own types of consent to the category of the banner, or the
// "category/service", whose yes grants them. A type that is not named stays
// denied. Nothing is sent by telling: the scripts themselves wait for their yes as
// all others do, so Google's consent mode is the basic one; its advanced mode
// reports visitors who have not answered, and is not offered.
type Signals struct {
	// Google is consent mode v2, of Google Tag Manager, Analytics and Ads:
	// ad_storage, ad_user_data, ad_personalization, analytics_storage,
	// functionality_storage and personalization_storage. security_storage is
	// always granted.
	Google map[string]string `json:"google,omitempty" yaml:"google,omitempty"`
	// UET is Microsoft Advertising: ad_storage.
	UET map[string]string `json:"microsoft_uet,omitempty" yaml:"microsoft_uet,omitempty"`
	// Clarity is Microsoft Clarity: ad_Storage and analytics_Storage.
	Clarity map[string]string `json:"microsoft_clarity,omitempty" yaml:"microsoft_clarity,omitempty"`
	// Meta is the Meta pixel: consent.
	Meta map[string]string `json:"meta,omitempty" yaml:"meta,omitempty"`
	// TikTok is the TikTok pixel: consent.
	TikTok map[string]string `json:"tiktok,omitempty" yaml:"tiktok,omitempty"`
	// Matomo is consent (nothing is counted without), or cookie_consent (it counts
	// without cookies).
	Matomo map[string]string `json:"matomo,omitempty" yaml:"matomo,omitempty"`
	// WordPress is the WP Consent API, by its categories: functional, preferences,
	// statistics, statistics-anonymous and marketing.
	WordPress map[string]string `json:"wordpress,omitempty" yaml:"wordpress,omitempty"`
	// Shopify is its customer privacy API: analytics, marketing, preferences and
	// sale_of_data.
	Shopify map[string]string `json:"shopify,omitempty" yaml:"shopify,omitempty"`
}

// vendorSignals are one vendor's types in a site file, with those that it knows.
type vendorSignals struct {
	vendor string
	told   map[string]string
	known  []string
}

func (s *Signals) vendors() []vendorSignals {
	return []vendorSignals{
		{"google", s.Google, []string{"ad_storage", "ad_user_data", "ad_personalization", "analytics_storage", "functionality_storage", "personalization_storage"}},
		{"microsoft_uet", s.UET, []string{"ad_storage"}},
		{"microsoft_clarity", s.Clarity, []string{"ad_Storage", "analytics_Storage"}},
		{"meta", s.Meta, []string{"consent"}},
		{"tiktok", s.TikTok, []string{"consent"}},
		{"matomo", s.Matomo, []string{"consent", "cookie_consent"}},
		{"wordpress", s.WordPress, []string{"functional", "preferences", "statistics", "statistics-anonymous", "marketing"}},
		{"shopify", s.Shopify, []string{"analytics", "marketing", "preferences", "sale_of_data"}},
	}
}

// signals faults types that no vendor has, and answers that nobody is asked for.
func (v *review) signals(signals *Signals) {
	asked := v.answerable()
	for _, of := range signals.vendors() {
		for name, answer := range of.told {
			path := "site.signals." + of.vendor + "." + name
			if !slices.Contains(of.known, name) {
				v.fault(path, "unknown_signal", quoted(name)+" is no type of consent of "+of.vendor+".", unknownSignal(of, name))
				continue
			}
			if !slices.Contains(asked, answer) {
				v.fault(path, "unknown_answer", "Nobody is asked for "+quoted(answer)+".", "Write one of: "+strings.Join(asked, ", ")+".")
			}
		}
		if of.vendor == "matomo" && len(of.told) > 1 {
			v.fault("site.signals.matomo", "two_modes", "Matomo asks for consent to count or for consent to cookies, not for both.", "Write one of the two.")
		}
	}
}

func unknownSignal(of vendorSignals, name string) string {
	if of.vendor == "google" && (name == "mode" || name == "advanced") {
		return "Leave it out. Only the basic mode is offered: the advanced one reports visitors who have not said yes."
	}
	return "Write one of: " + strings.Join(of.known, ", ") + "."
}

// answerable gives all that a signal may go by: what the banner asks for, and
// every service that a yes lets run.
func (v *review) answerable() []string {
	var names []string
	for _, unit := range v.draft.Asks() {
		if unit.Service == "" {
			names = append(names, string(unit.Category))
		}
		for _, ref := range unit.Refs {
			names = append(names, string(ref))
		}
	}
	return names
}
