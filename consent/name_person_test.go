package consent

import (
	"strings"
	"testing"
)

// By no name does a person pass for the program, a key or somebody else, and no name that
// people have is refused.
func TestNobodyPassesForAnother(t *testing.T) {
	const email = "kari@example.no"
	for fault, names := range map[PersonNameFault][]string{
		"": {
			"", "Kari Nordmann", "Åse-Marie Ødegård", "O'Brien", "Łukasz Żółć", "Нина Иванова", "Nina (Нина)", "Ελένη Παπά", "王小明", "محمد علي", "नेहा शर्मा", "علی\u200cرضا",
			"Kari, API-ansvarlig", "Ada System", "Kari Programsdatter", "kari@example.no", "Ivar Aasen", "Per 2", "Kontorleder Berg",
			"Ellen Key", "Nøkleby, Ola", "Kari Nøkkelstad", "Ola Nordmann (IT)", "A.P. Hansen", "St. Olav", "Ole.Hansen", "Nikki At Home", "Fadi Abeeda", "X Æ A-12", "Ada Bede 1987", "Nina Sæbø-Dahl", "Isa Personvern",
		},
		NameHidden: {"Kari\u200bNordmann", "Kari\u202eNordmann", "Kari\nNordmann", "Kari\u00adNordmann", "Kari\u3164", "Kari\ufe0f", "\u2060Kari", "Ka\u200dri"},
		NameOwn: {
			"Samtykke", " SAMTYKKE. ", "S a m t y k k e", "Sаmtykke", "Samtykkе", "Sámtykke", "Sarntykke", "5amtykke", "Ｓａｍｔｙｋｋｅ", "𝐒𝐚𝐦𝐭𝐲𝐤𝐤𝐞", "Samtykke (system)", "Support, Samtykke",
			"Programmet", "The Program", "System", "SYSTEM", "API", "A.P.I.", "APl", "AP1", "АРІ", "Not a person", "Ikke en person", "En kommando på serveren", "А соmmаnd оn thе sеrvеr",
			"API-nøkkel: b674ab980e8f", "API-nøkkel b674ab980e8f", "Nøkkel", "N0kkel", "Nokkel", "Nøkkе1", "Nykel 7", "Key", "KEY.", "Kеy", "Key 12", "The programme", "Prograrnme", "Kari (API key)", "АРІ-key", "API‑Key", "A P I - n ø k k e l",
			"key: b674", "Nøkkel: Kari", "key=b674ab980e8f", "person=4", "Samtykkeprogrammet", "Sam-tykke AS", "smt_b674ab980e8f", "System 2", "Program 7", "Programvaren", "S4mtykke",
		},
		NameAnother: {
			"ola@example.no", "Kari ola@example.no, konto 7", "ola＠example.no", "Konto 7", "Account 12", "Kari, account\u00a012", "konto nr. 7", "Accоunt 7",
			"kari(at)example.no", "kari (AT) example", "kari [at] example.no", "kari at example.no", "kari at example dot no", "kari_at_example_no", "kari ⓐ example.no", "kari﹫example.no", "kari{krøllalfa}example", "kari@", "@kari", "example.no",
			"kari．example．no", "kari(аt)example.nо", "b674ab980e8f", "Kari b674ab980e8f", "Kari b674ab98Oe8f", "Person 4", "Person nr. 12",
		},
		NameMixed: {"Kаri Nordmann", "Kari Νordmann", "Оlа Nordmann", "Анна Annа"},
	} {
		for _, name := range names {
			got := FaultOfPersonName(name, email)
			if got != fault {
				t.Errorf("%q (%+q) is %q, want %q", name, name, got, fault)
			}
			if err := CheckPersonName(name, email); (err == nil) != (fault == "") || err != nil && (KindOf(err) != Invalid || strings.Contains(err.Error(), "\u202e")) {
				t.Errorf("%q is refused with %v", name, err)
			}
		}
	}
}
