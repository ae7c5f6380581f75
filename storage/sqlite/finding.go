package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// addFinding counts. A page that invents names cannot fill the disk: a site
// gets at most 1,000 names a day, and counts further ones not at all.
const addFinding = `
INSERT INTO finding (site, day, kind, name, count, last)
SELECT site.id, ?1, ?2, ?3, ?4, ?5 FROM site
WHERE site.key = ?6 AND (
  EXISTS (SELECT 1 FROM finding WHERE site = site.id AND day = ?1 AND kind = ?2 AND name = ?3)
  OR (SELECT count(*) FROM finding WHERE finding.site = site.id AND finding.day = ?1) < 1000)
ON CONFLICT (site, day, kind, name) DO UPDATE SET count = count + excluded.count, last = max(last, excluded.last)`

const secondsPerDay = 24 * 60 * 60

// AddFindings adds the counts to the day's rows. A site keeps at most 1,000
// different findings a day.
func (s *Store) AddFindings(ctx context.Context, findings []consent.Finding) error {
	if len(findings) == 0 {
		return nil
	}
	findings = slices.Clone(findings)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		for _, f := range findings {
			var sites int
			if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM site WHERE key = ?", string(f.Site)).Scan(&sites); err != nil {
				return fmt.Errorf("look for the site: %w", err)
			}
			if sites == 0 {
				return errNoSite(f.Site)
			}
			_, err := conn.ExecContext(ctx, addFinding, f.Day.Unix()/secondsPerDay, string(f.Kind), f.Name, f.Count, millis(f.Last), string(f.Site))
			if isConstraint(err) {
				return &consent.Error{Kind: consent.Invalid, Code: "invalid_finding", Message: "The finding breaks a rule. Send a known kind, a name of at most 200 characters and a count above 0.", Err: err}
			}
			if err != nil {
				return fmt.Errorf("count a finding: %w", err)
			}
		}
		return nil
	})
}

// Findings lists a site's findings, newest day first.
func (s *Store) Findings(ctx context.Context, site consent.SiteKey) ([]consent.Finding, error) {
	rows, err := s.reads.query(ctx, recentFindings, string(site))
	if err != nil {
		return nil, fmt.Errorf("list the findings: %w", err)
	}
	defer rows.Close()
	var findings []consent.Finding
	for rows.Next() {
		f := consent.Finding{Site: site}
		var day, last int64
		if err := rows.Scan(&day, &f.Kind, &f.Name, &f.Count, &last); err != nil {
			return nil, fmt.Errorf("read a finding: %w", err)
		}
		f.Day, f.Last = time.Unix(day*secondsPerDay, 0).UTC(), moment(last)
		findings = append(findings, f)
	}
	return findings, rows.Err()
}
