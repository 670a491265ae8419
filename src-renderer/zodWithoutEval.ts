import { z } from 'zod'

// The page's security policy forbids code made from strings, which zod would otherwise try while schemas are made: so this
// is imported before them.
z.config({ jitless: true })
