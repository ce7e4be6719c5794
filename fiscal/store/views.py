"""Ready-made views over the datasets, in SQL. Adding one is an entry here.

Amounts are 元; `_share` and `_rate` are 0–1; a view compares a year with the year before by number, never by row.
Where a measure stands is what dictionary/data/measures.yaml says, in its order of authority.
"""

from fiscal.dictionary.measures import measures


def amount_of(name: str, value: str = "amount_yuan") -> str:
    """SQL: the value of a measure among the facts of one account, from the first place that prints it."""
    places = (
        f"max({value}) FILTER (\"table\" = '{at.table}' AND row_key = '{at.row}' AND \"column\" = '{column}')"
        for at in measures()[name].cells
        for column in at.columns
    )
    return f"coalesce({', '.join([*places, 'NULL'])})"


def tables_of(*names: str) -> str:
    """SQL: the tables in which these measures stand, as a list."""
    tables = dict.fromkeys(at.table for name in names for at in measures()[name].cells)
    return ", ".join(f"'{table}'" for table in tables)


# Tables of accounts and of budgets that hold the same quantities, and what such a quantity is called in both.
_KEY = """CASE WHEN "table" LIKE '%three_public' THEN 'three_public' WHEN "table" LIKE '%basic' THEN 'economic'
               WHEN "table" LIKE '%fund' THEN 'fund' ELSE 'function' END AS kind,
          CASE WHEN "table" LIKE '%three_public' THEN regexp_replace("column", '^(budget|actual)_', '')
               ELSE coalesce(nullif(row_code, ''), row_key) END AS row_key"""
_PLANNED = """("table" IN ('budget_general_public_expenditure', 'budget_government_fund', 'budget_general_public_basic')
               AND "column" = 'total' OR "table" = 'budget_three_public')"""
_SPENT = """("table" IN ('general_public_budget_expenditure', 'government_fund') AND "column" = 'total'
             OR "table" = 'general_public_budget_basic' AND "column" <> 'total'
             OR "table" = 'three_public' AND "column" LIKE 'actual_%')"""
_LEVELS = ("total", "expenditure", "tp")  # whose doubts a comparison tells
_COMPARED = ("total", "expenditure", "tp", "tp_budget", "opening_balance", "closing_balance")

VIEWS = {
    # 支出按功能分类：类、款、项 of every final account
    "expenditure_by_function": """
        SELECT entity, year, row_code, row_label, level,
               max(amount_yuan) FILTER ("column" = 'total')   AS total_yuan,
               max(amount_yuan) FILTER ("column" = 'basic')   AS basic_yuan,
               max(amount_yuan) FILTER ("column" = 'project') AS project_yuan
        FROM facts WHERE kind <> 'budget' AND "table" = 'expenditure' AND row_code <> ''
        GROUP BY ALL""",
    # 预算执行按功能分类：items of the general public budget whose 年初预算 and 支出决算 the narrative states
    "execution_by_function": """
        WITH said AS (
            SELECT document_id, substr(split_part(subject, ']', 1), 11) AS row_code,
                   split_part(subject, '].', 2) AS field,
                   TRY_CAST(value AS DECIMAL(20,4)) * CASE unit WHEN '元' THEN 1 WHEN '千元' THEN 1000
                   WHEN '万元' THEN 10000 WHEN '亿元' THEN 100000000 END AS amount_yuan
            FROM statements WHERE starts_with(subject, 'gpb_items[')),
        items AS (
            SELECT document_id, row_code, max(amount_yuan) FILTER (field = 'budget') AS budget_yuan,
                   max(amount_yuan) FILTER (field = 'actual') AS actual_yuan
            FROM said WHERE row_code <> '' GROUP BY ALL),
        named AS (
            SELECT document_id, row_code, any_value(row_label) AS row_label
            FROM facts WHERE "table" = 'general_public_budget_expenditure' AND "column" = 'total' AND level = 'item'
            GROUP BY ALL)
        SELECT d.entity, d.year, row_code, row_label, budget_yuan, actual_yuan,
               CAST(actual_yuan AS DOUBLE) / nullif(CAST(budget_yuan AS DOUBLE), 0) AS execution_rate
        FROM items JOIN documents d USING (document_id) LEFT JOIN named USING (document_id, row_code)
        WHERE d.kind <> 'budget'""",
    # 三公经费预算执行 with rates and, where counts exist, per head
    "three_public_per_head": """
        SELECT f.entity, f.year, f."column",
               max(f.amount_yuan) AS amount_yuan, max(d.n_staff) AS n_staff, max(d.n_vehicles) AS n_vehicles,
               CAST(max(f.amount_yuan) AS DOUBLE) / nullif(max(d.n_staff), 0) AS per_head_yuan
        FROM facts f JOIN documents d USING (document_id)
        WHERE f.kind <> 'budget' AND f."table" = 'three_public' GROUP BY ALL""",
    # 三公经费：决算数与预算数
    "execution_three_public": """
        SELECT entity, year, item,
               max(amount_yuan) FILTER ("column" LIKE 'actual_%') AS actual_yuan,
               max(amount_yuan) FILTER ("column" LIKE 'budget_%') AS budget_yuan,
               CAST(actual_yuan AS DOUBLE) / nullif(CAST(budget_yuan AS DOUBLE), 0) AS execution_rate
        FROM (SELECT entity, year, amount_yuan, "column", regexp_replace("column", '^(actual|budget)_', '') AS item
              FROM facts WHERE kind <> 'budget' AND "table" = 'three_public')
        GROUP BY entity, year, item""",
    # 收支总计
    "totals": f"""
        SELECT entity, year, document_id, {amount_of("total")} AS total_yuan,
               {amount_of("expenditure")} AS expenditure_yuan
        FROM facts WHERE kind <> 'budget' AND "table" IN ({tables_of("total", "expenditure")}) GROUP BY ALL""",
    # 年度对比面板
    "year_on_year": """
        SELECT now.entity, now.year, now.total_yuan, before.total_yuan AS total_prior_yuan,
               now.total_yuan - before.total_yuan AS change_yuan,
               CAST(now.total_yuan AS DOUBLE) / CAST(nullif(before.total_yuan, 0) AS DOUBLE) - 1 AS change_rate
        FROM totals now LEFT JOIN totals before ON before.entity = now.entity AND before.year = now.year - 1""",
    # 年初结转与上年年末结转
    "carry_over": f"""
        WITH balances AS (
            SELECT entity, year, {amount_of("opening_balance")} AS opening_yuan,
                   {amount_of("closing_balance")} AS closing_yuan
            FROM facts WHERE kind <> 'budget' AND "table" IN ({tables_of("opening_balance", "closing_balance")})
            GROUP BY ALL)
        SELECT now.entity, now.year, now.opening_yuan, before.closing_yuan AS closing_prior_yuan,
               now.opening_yuan - before.closing_yuan AS gap_yuan
        FROM balances now JOIN balances before ON before.entity = now.entity AND before.year = now.year - 1""",
    # 部门比较：one row per account; what tables do not say comes from the narrative, in 元
    "comparison": f"""
        WITH printed AS (
            SELECT document_id, {amount_of("total")} AS total, {amount_of("expenditure")} AS expenditure,
                   {amount_of("tp")} AS tp, {amount_of("tp_budget")} AS tp_budget,
                   {", ".join(f"{amount_of(name, 'coalesce(finding, 0)')} > 0 AS {name}_doubted" for name in _LEVELS)},
                   {amount_of("opening_balance", "value")} AS opening_text,
                   {amount_of("closing_balance", "value")} AS closing_text,
                   {amount_of("opening_balance", "unit")} AS opening_unit,
                   {amount_of("closing_balance", "unit")} AS closing_unit
            FROM facts WHERE "table" IN ({tables_of(*_COMPARED)}) GROUP BY document_id),
        said AS (
            SELECT document_id, subject, max(TRY_CAST(value AS DOUBLE) * CASE unit WHEN '万元' THEN 1e4
                   WHEN '千元' THEN 1e3 WHEN '亿元' THEN 1e8 WHEN '%' THEN 0.01 ELSE 1 END) AS value
            FROM statements
            WHERE subject IN ('total', 'expenditure', 'tp', 'tp_budget', 'gpb_completion', 'perf_budget',
                              'perf_executed')
            GROUP BY ALL),
        stated AS (
            SELECT document_id, max(value) FILTER (subject = 'total') AS total,
                   max(value) FILTER (subject = 'expenditure') AS expenditure, max(value) FILTER (subject = 'tp') AS tp,
                   max(value) FILTER (subject = 'tp_budget') AS tp_budget,
                   coalesce(max(value) FILTER (subject = 'gpb_completion'),
                            max(value) FILTER (subject = 'perf_executed')
                            / nullif(max(value) FILTER (subject = 'perf_budget'), 0)) AS execution_rate
            FROM said GROUP BY document_id),
        judged AS (
            SELECT document_id, count(*) FILTER (severity = 'error') AS n_errors,
                   count(*) FILTER (severity = 'warning') AS n_warnings FROM findings GROUP BY document_id)
        SELECT d.entity, d.year, d.document_id, d.coverage, d.n_staff,
               CAST(coalesce(p.total, s.total) AS DOUBLE) AS total_yuan,
               CAST(coalesce(p.expenditure, s.expenditure) AS DOUBLE) AS expenditure_yuan,
               CAST(coalesce(p.tp, s.tp) AS DOUBLE) AS three_public_yuan,
               three_public_yuan / nullif(d.n_staff, 0) AS three_public_per_head_yuan,
               three_public_yuan / nullif(CAST(coalesce(p.tp_budget, s.tp_budget) AS DOUBLE), 0)
                   AS three_public_execution_rate,
               {", ".join(f"coalesce(p.{name}_doubted, false) AS is_{name}_doubted" for name in _LEVELS)},
               s.execution_rate, p.opening_text, p.closing_text,
               coalesce(p.opening_unit, p.closing_unit) AS balance_unit,
               coalesce(j.n_errors, 0) AS n_errors, coalesce(j.n_warnings, 0) AS n_warnings
        FROM documents d LEFT JOIN printed p USING (document_id) LEFT JOIN stated s USING (document_id)
             LEFT JOIN judged j USING (document_id)
        WHERE d.kind <> 'budget'""",
    # 汇总：the printed totals in which units add up to their department; one that is unknown says 未公开
    "printed_totals": """
        SELECT entity, year, kind, "table", row_key, row_label, "column", column_label, value, unit
        FROM (SELECT * FROM facts UNION ALL BY NAME SELECT *, '未公开' AS value FROM unknowns)
        WHERE (
              ("table" = 'revenue_expenditure_summary' AND "column" IN ('revenue_amount', 'expenditure_amount')
               AND row_key IN ('revenue_total', 'revenue_this_year', 'expenditure_this_year', 'opening_balance',
                               'closing_balance'))
              OR ("table" = 'expenditure' AND row_key = 'total' AND "column" IN ('total', 'basic', 'project'))
              OR ("table" = 'three_public' AND "column" IN ('budget_total', 'actual_total'))
              OR ("table" = 'budget_summary' AND row_key IN ('revenue_total', 'expenditure_total')
                  AND "column" IN ('revenue_amount', 'expenditure_amount'))
              OR ("table" = 'budget_expenditure' AND row_key = 'total' AND "column" IN ('total', 'basic', 'project'))
              OR ("table" = 'budget_three_public' AND "column" = 'budget_total'))""",
    # 预算与决算：what the published budget planned, what the account says of it, and the outcome, in one row
    "plan_outcome": f"""
        WITH pairs AS (
            SELECT b.document_id AS budget_id, a.document_id AS account_id, a.entity, a.year
            FROM documents a JOIN documents b ON b.entity = a.entity AND b.year = a.year AND b.kind = 'budget'
                 AND (coalesce(a.level, '') = '' OR coalesce(b.level, '') = '' OR a.level = b.level)
            WHERE a.kind = 'final_account'),
        planned AS (SELECT document_id, {_KEY}, any_value(row_label) AS row_label, max(amount_yuan) AS planned_yuan
                    FROM facts WHERE kind = 'budget' AND {_PLANNED} GROUP BY ALL),
        spent AS (SELECT document_id, {_KEY}, any_value(row_label) AS row_label, max(amount_yuan) AS actual_yuan
                  FROM facts WHERE kind = 'final_account' AND {_SPENT} GROUP BY ALL),
        told AS (SELECT document_id, replace("column", 'budget_', '') AS row_key, max(amount_yuan) AS initial_yuan
                 FROM facts WHERE kind = 'final_account' AND "table" = 'three_public' AND "column" LIKE 'budget_%'
                 GROUP BY ALL),
        plans AS (SELECT pairs.*, planned.* EXCLUDE (document_id) FROM pairs JOIN planned ON document_id = budget_id),
        outcomes AS (SELECT pairs.*, spent.* EXCLUDE (document_id) FROM pairs JOIN spent ON document_id = account_id)
        SELECT coalesce(p.entity, o.entity) AS entity, coalesce(p.year, o.year) AS year,
               coalesce(p.kind, o.kind) AS kind, coalesce(p.row_key, o.row_key) AS row_key,
               coalesce(p.row_label, o.row_label) AS row_label, planned_yuan, initial_yuan, actual_yuan,
               actual_yuan - planned_yuan AS difference_yuan,
               CAST(actual_yuan AS DOUBLE) / nullif(CAST(planned_yuan AS DOUBLE), 0) AS execution_rate
        FROM plans p FULL JOIN outcomes o USING (account_id, kind, row_key)
             LEFT JOIN told ON told.document_id = account_id AND told.row_key = coalesce(p.row_key, o.row_key)
                       AND coalesce(p.kind, o.kind) = 'three_public'""",
    # 预算变化：this year's budget beside last year's, amount by amount
    "budget_changes": """
        WITH planned AS (
            SELECT entity, year, "table", row_key, "column", any_value(row_label) AS row_label,
                   max(amount_yuan) AS amount_yuan
            FROM facts WHERE kind = 'budget' AND unit <> '%' GROUP BY ALL),
        years AS (SELECT DISTINCT now.entity, now.year FROM planned now JOIN planned before
                  ON before.entity = now.entity AND before.year = now.year - 1),
        now AS (SELECT planned.* FROM planned JOIN years USING (entity, year)),
        before AS (SELECT planned.* REPLACE (planned.year + 1 AS year) FROM planned
                   JOIN years ON years.entity = planned.entity AND years.year = planned.year + 1)
        SELECT entity, year, "table", row_key, "column", coalesce(now.row_label, before.row_label) AS row_label,
               now.amount_yuan, before.amount_yuan AS prior_yuan,
               coalesce(now.amount_yuan, 0) - coalesce(before.amount_yuan, 0) AS change_yuan,
               CAST(now.amount_yuan AS DOUBLE) / nullif(CAST(before.amount_yuan AS DOUBLE), 0) - 1 AS change_rate
        FROM now FULL JOIN before USING (entity, year, "table", row_key, "column")""",
    # 问题按规则
    "findings_by_rule": """
        SELECT rule, severity, count(*) AS n, count(DISTINCT document_id) AS n_documents
        FROM findings GROUP BY ALL""",
}
