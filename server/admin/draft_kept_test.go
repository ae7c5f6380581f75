package admin_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The inventory shows what was saved last, by whomever, though a draft is kept as it
// was read; and each site's is its own.
func TestInventoryIsNeverOld(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen, havet)
	const path = "/sites/skogen/inventory"
	named := func(site consent.SiteKey, name string) {
		t.Helper()
		draft, err := h.store.Draft(t.Context(), site)
		must(t, err)
		draft.Services[0].Name = consent.Text{consent.Bokmaal: name}
		must(t, h.store.SaveDraft(t.Context(), *draft, storagetest.Morning)) // as a command on the machine does
	}
	for _, name := range []string{"Første teller", "Annen teller", "Første teller"} {
		named("skogen", name)
		named("havet", "Havets "+name)
		for range 2 {
			kari.get(path).shows(t, 200, ">"+name+"<")
			kari.get("/sites/havet/inventory").shows(t, 200, "Havets "+name)
		}
	}
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Skrevet i skjemaet").leads(t, counterPage+"?done=saved")
	kari.get(path).shows(t, 200, "Skrevet i skjemaet")
}

// Who looks after a save sees what is stored, and it is not read again: neither by the
// page that the save leads to, nor by the inventory.
func TestSavedDraftIsNotReadAgain(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	form := kari.get(counterPage).form(t)
	h.draftsRead()
	kari.save(counterPage, form, "name.nb", "Skrevet i skjemaet", "retention", "", "hosts", "").leads(t, counterPage+"?done=saved")
	if read := h.draftsRead(); read != 0 {
		t.Errorf("a save of what was just shown reads the draft %d times, want 0", read)
	}
	kari.get(counterPage).shows(t, 200, "Skrevet i skjemaet")
	kari.get("/sites/skogen/inventory").shows(t, 200, ">Skrevet i skjemaet<")
	if read := h.draftsRead(); read != 0 {
		t.Errorf("looking after a save reads the draft %d times, want 0", read)
	}
	h.keepsWhatIsStored(t)
	kari.save(counterPage+"/new-cookie", kari.get(counterPage+"/new-cookie").form(t), "pattern.name", "_ny", "lifetime.declared", "1 år").leads(t, counterPage+"?done=cookie_added")
	h.keepsWhatIsStored(t)
	kari.post(filmPage+"/remove", "was", kari.get(filmPage+"/remove").was(t)).leads(t, "/sites/skogen/inventory?done=service_removed")
	h.keepsWhatIsStored(t)
	kari.get("/sites/skogen/inventory").shows(t, 200, "_ny")
}

// keepsWhatIsStored says that the kept draft is the stored one, its problems too.
func (h *house) keepsWhatIsStored(t *testing.T) {
	t.Helper()
	kept, problems, revision := h.admin.Kept("skogen")
	stored, at, err := h.store.DraftAt(t.Context(), "skogen")
	must(t, err)
	if at != revision {
		t.Errorf("revision %d is kept, %d is stored", revision, at)
	}
	if diff := jsonOf(t, kept) != jsonOf(t, stored); diff {
		t.Errorf("kept:\n%s\nstored:\n%s", jsonOf(t, kept), jsonOf(t, stored))
	}
	if want := stored.Validate(); problems != len(want) {
		t.Errorf("%d problems are kept, %d there are", problems, len(want))
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	must(t, err)
	return string(text)
}

// What another process saves is shown, whether it came before, after or amid a save of
// the form.
func TestAnotherProcessSavesMeanwhile(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const path = "/sites/skogen/inventory"
	form := kari.get(counterPage).form(t)
	h.edit(func(d *consent.Draft) { d.Services[1].Name = consent.Text{consent.Bokmaal: "Fra kommandoen"} })
	kari.save(counterPage, form, "name.nb", "Fra skjemaet").leads(t, counterPage+"?done=saved")
	kari.get(path).shows(t, 200, ">Fra kommandoen<", ">Fra skjemaet<")
	h.edit(func(d *consent.Draft) { d.Services[0].Name = consent.Text{consent.Bokmaal: "Siste ord"} })
	kari.get(path).shows(t, 200, ">Fra kommandoen<", ">Siste ord<")
	kari.get(counterPage).shows(t, 200, "Siste ord")
}

// A form that is refused leaves what is kept as it was.
func TestRefusedFormLeavesTheKeptDraft(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Nytt navn", "link", "ingen adresse").shows(t, 422, "Nytt navn")
	h.keepsWhatIsStored(t)
	if got := kari.get("/sites/skogen/inventory"); strings.Contains(got.body, "Nytt navn") {
		t.Error("what was refused is shown")
	}
}

// Who has looked at a draft and asks for its preview later gets that draft or is told
// that it is another by now, whoever has saved it meanwhile.
func TestPreviewIsOfTheDraftThatIsAsked(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	frame := func(hash consent.Hash) string { return "/sites/skogen/preview/frame?draft=" + hash.String() }
	first := h.draft().Hash()
	kari.get(frame(first)).shows(t, 200)
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Skrevet i skjemaet").leads(t, counterPage+"?done=saved")
	saved := h.draft().Hash()
	kari.get(frame(saved)).shows(t, 200)
	kari.get(frame(first)).shows(t, 409)
	h.edit(func(d *consent.Draft) { d.Services[1].Provider.Name = "Fra kommandoen" })
	kari.get(frame(h.draft().Hash())).shows(t, 200)
	kari.get(frame(saved)).shows(t, 409)
	kari.get("/sites/skogen/preview").shows(t, 200, h.draft().Hash().Short())
}
