/** The weights of one country's languages, as the training wrote them (`guide/understand/models/<country>.txt`) and opened for use. */

export type Model = { readonly languages: readonly string[] }

/** Reads a model file. Keep what it returns: opening takes longer than understanding. @throws RangeError when the file is not one of ours */
export function openModel(packed: string): Model {
  const [head = '{}'] = packed.split('\n', 1)
  return JSON.parse(head) as Model
}
