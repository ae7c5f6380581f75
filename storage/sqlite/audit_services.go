package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// serviceDaysApart are the services of which published_service says otherwise than the
// notices: reviews are due by it.
const serviceDaysApart = `
WITH said AS (
  SELECT notice.site, service.value ->> '$.key' AS service, min(notice.published) AS first
  FROM notice, json_each(CASE WHEN json_valid(notice.json) THEN notice.json ELSE '{}' END, '$.draft.services') AS service
  WHERE service.value ->> '$.key' <> '' GROUP BY 1, 2
)
SELECT site.key, min(service) FROM (
  SELECT * FROM (SELECT site, service, first FROM said EXCEPT SELECT site, service, first FROM published_service)
  UNION ALL
  SELECT * FROM (SELECT site, service, first FROM published_service EXCEPT SELECT site, service, first FROM said)
) AS apart JOIN site ON site.id = apart.site WHERE site.key = ?1 OR ?1 = '' GROUP BY 1 ORDER BY 1`

// serviceDays holds when services were published for the first time against the notices.
func (a *auditor) serviceDays(ctx context.Context, site consent.SiteKey) error {
	return a.reads.each(ctx, serviceDaysApart, func(rows *sql.Rows) error {
		var of consent.SiteKey
		var service string
		if err := rows.Scan(&of, &service); err != nil {
			return err
		}
		a.fault(consent.LedgerFault{Site: of, Index: -1, Flaw: consent.Flaw{Code: consent.FlawServiceDayChanged, Name: service, Why: fmt.Sprintf(
			"when the service %q was published first is not what the notices say: it was changed past the server; put back a backup that holds it", service)}})
		return nil
	}, string(site))
}
