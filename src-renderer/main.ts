import './zodWithoutEval.ts'
import { connectToHost } from './composables/connectToHost.ts'
import { mountLab } from './mountLab.ts'

void connectToHost(window).then((rpc) => mountLab(rpc, '#lab'))
