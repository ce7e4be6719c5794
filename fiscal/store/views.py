"""Ready-made views over the datasets, in SQL. Adding one is an entry here.

Amounts are 元; `_share` and `_rate` are 0–1; a view compares a year with the year before by number, never by row.
"""

VIEWS = {
    # 支出按功能分类：类、款、项 of every final account
    "expenditure_by_function": """
        SELECT entity, year, row_code, row_label, level,
               max(amount_yuan) FILTER ("column" = 'total')   AS total_yuan,
               max(amount_yuan) FILTER ("column" = 'basic')   AS basic_yuan,
               max(amount_yuan) FILTER ("column" = 'project') AS project_yuan
        FROM facts WHERE "table" = 'expenditure' AND row_code <> ''
        GROUP BY ALL""",
    # 三公经费预算执行 with rates and, where counts exist, per head
    "three_public_per_head": """
        SELECT f.entity, f.year, f."column",
               max(f.amount_yuan) AS amount_yuan, max(d.n_staff) AS n_staff, max(d.n_vehicles) AS n_vehicles,
               CAST(max(f.amount_yuan) AS DOUBLE) / nullif(max(d.n_staff), 0) AS per_head_yuan
        FROM facts f JOIN documents d USING (document_id)
        WHERE f."table" = 'three_public' GROUP BY ALL""",
    # 三公经费：决算数与预算数
    "execution_three_public": """
        SELECT entity, year, replace("column", 'actual_', '') AS item,
               max(amount_yuan) FILTER ("column" LIKE 'actual_%') AS actual_yuan,
               max(amount_yuan) FILTER ("column" LIKE 'budget_%') AS budget_yuan,
               CAST(actual_yuan AS DOUBLE) / nullif(CAST(budget_yuan AS DOUBLE), 0) AS execution_rate
        FROM (SELECT entity, year, amount_yuan, "column",
                     regexp_replace("column", '^(actual|budget)_', '') AS k FROM facts WHERE "table" = 'three_public')
        GROUP BY entity, year, k, replace("column", 'actual_', '')""",
    # 收支总计
    "totals": """
        SELECT entity, year, document_id,
               max(amount_yuan) FILTER (row_key = 'revenue_total' AND "column" = 'revenue_amount')  AS total_yuan,
               max(amount_yuan) FILTER (row_key = 'expenditure_this_year'
                                        AND "column" = 'expenditure_amount') AS expenditure_yuan
        FROM facts WHERE "table" = 'revenue_expenditure_summary' GROUP BY ALL""",
    # 年度对比面板
    "year_on_year": """
        SELECT now.entity, now.year, now.total_yuan, before.total_yuan AS total_prior_yuan,
               now.total_yuan - before.total_yuan AS change_yuan,
               CAST(now.total_yuan AS DOUBLE) / CAST(nullif(before.total_yuan, 0) AS DOUBLE) - 1 AS change_rate
        FROM totals now LEFT JOIN totals before ON before.entity = now.entity AND before.year = now.year - 1""",
    # 年初结转与上年年末结转
    "carry_over": """
        WITH balances AS (
            SELECT entity, year,
                   max(amount_yuan) FILTER (row_key = 'opening_balance') AS opening_yuan,
                   max(amount_yuan) FILTER (row_key = 'closing_balance') AS closing_yuan
            FROM facts WHERE "table" = 'revenue_expenditure_summary' GROUP BY ALL)
        SELECT now.entity, now.year, now.opening_yuan, before.closing_yuan AS closing_prior_yuan,
               now.opening_yuan - before.closing_yuan AS gap_yuan
        FROM balances now JOIN balances before ON before.entity = now.entity AND before.year = now.year - 1""",
    # 问题按规则
    "findings_by_rule": """
        SELECT rule, severity, count(*) AS n, count(DISTINCT document_id) AS n_documents
        FROM findings GROUP BY ALL""",
}
