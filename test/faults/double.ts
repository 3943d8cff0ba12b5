/** As much of D1 as the faults need, over SQLite in memory: a batch is a transaction. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

class Statement {
  #db: DatabaseSync
  #sql: string
  #values: SQLInputValue[]
  constructor(db: DatabaseSync, sql: string, values: SQLInputValue[] = []) {
    this.#db = db
    this.#sql = sql
    this.#values = values
  }
  bind = (...values: SQLInputValue[]) => new Statement(this.#db, this.#sql, values)
  rows = () => this.#db.prepare(this.#sql).all(...this.#values)
  all = async () => ({ success: true, results: this.rows() })
  run = () => this.all()
  first = async (column?: string) => {
    const row = this.rows()[0]
    return row === undefined ? null : column === undefined ? row : row[column]
  }
  raw = async () => this.rows().map((row) => Object.values(row))
}

export class Double {
  #db = new DatabaseSync(':memory:')
  prepare(sql: string): Statement {
    return new Statement(this.#db, sql)
  }
  async batch(statements: Statement[]) {
    this.#db.exec('BEGIN')
    try {
      const results = statements.map((statement) => ({ success: true, results: statement.rows() }))
      this.#db.exec('COMMIT')
      return results
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw error
    }
  }
  async exec(sql: string) {
    this.#db.exec(sql)
    return { count: 1, duration: 0 }
  }
  withSession() {
    return this
  }
}
