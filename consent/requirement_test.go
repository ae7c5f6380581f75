package consent

import "testing"

// The tests here are named after the rows of the law's requirements that they
// hold. What is broken stops publishing.

func TestC3NothingStandsInForConsent(t *testing.T) {
	check(t, Fault, []rule{
		{"legitimate interest", func(d *Draft) { find(d, "counter").Basis = "legitimate interest" }, "services.counter.legal_basis", "basis_not_consent"},
		{"statistics called necessary", func(d *Draft) { find(d, "counter").Basis = BasisNecessary }, "services.counter.legal_basis", "basis_not_consent"},
	})
}

func TestI2GroundAndKindsOfDataAreStated(t *testing.T) {
	check(t, Fault, []rule{
		{"data categories", func(d *Draft) { find(d, "counter").DataCategories = nil }, "services.counter.data_categories", "no_data_category"},
		{"data category without text", func(d *Draft) { delete(find(d, "counter").DataCategories[0], English) }, "services.counter.data_categories.0.en", "missing_text"},
		{"no basis", func(d *Draft) { find(d, "forms").Basis = "" }, "services.forms.legal_basis", "missing"},
		{"unknown basis", func(d *Draft) { find(d, "forms").Basis = "public task" }, "services.forms.legal_basis", "unknown_value"},
	})
}

func TestI3EveryLifetimeIsStatedExactly(t *testing.T) {
	const path = "services.counter.cookies.nmstat"
	cookie := func(d *Draft) *Cookie { return &find(d, "counter").Cookies[0] }
	check(t, Fault, []rule{
		{"lifetime missing", func(d *Draft) { cookie(d).Lifetime = Lifetimes{} }, path + ".lifetime.declared", "no_lifetime"},
		{"lifetime missing and to be verified", func(d *Draft) { cookie(d).Lifetime, cookie(d).Status = Lifetimes{}, StatusVerify }, path + ".lifetime.declared", "no_lifetime"},
		{"lifetime in words", func(d *Draft) { cookie(d).Lifetime.Declared = "to år" }, path + ".lifetime.declared", "malformed_lifetime"},
		{"lifetime of the vendor", func(d *Draft) { cookie(d).Lifetime.Vendor = "P1,5Y" }, path + ".lifetime.vendor", "malformed_lifetime"},
	})
}

func TestI5NecessaryIsArguedAndSigned(t *testing.T) {
	const signed = "services.forms.cookies.ASP.NET_SessionId"
	necessary := func(d *Draft) *Cookie { return &find(d, "forms").Cookies[0] }
	check(t, Fault, []rule{
		{"necessary without a reason", func(d *Draft) { necessary(d).Exemption = nil }, signed + ".exemption", "no_exemption"},
		{"ground", func(d *Draft) { necessary(d).Exemption.Ground = "practical" }, signed + ".exemption.ground", "unknown_value"},
		{"reason in one language only", func(d *Draft) { delete(necessary(d).Exemption.Reason, English) }, signed + ".exemption.reason.en", "missing_text"},
		{"not signed", func(d *Draft) { necessary(d).Exemption.Reviewer = "" }, signed + ".exemption.reviewer", "missing"},
		{"not dated", func(d *Draft) { necessary(d).Exemption.Reviewed = "2026-02-30" }, signed + ".exemption.reviewed", "malformed_date"},
	})
}
