import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workspace } from '../../local/workspace';

let workspace: Workspace;
beforeEach(() => (workspace = new Workspace(mkdtempSync(join(tmpdir(), 'cdktf-trino-workspace-')))));
afterEach(() => rmSync(workspace.root, { recursive: true }));

function deployed(environment: string): void {
  mkdirSync(workspace.synthesized(environment), { recursive: true });
  mkdirSync(workspace.stack(environment, `${environment}-data`), { recursive: true });
  writeFileSync(workspace.file(`bootstrap-${environment}.tfstate`), '{}');
  writeFileSync(workspace.file(`bootstrap-${environment}.tfstate.backup`), '{}');
}

test('an environment is deployed once Terraform has a folder for it; synthesis alone is not enough', () => {
  deployed('staging');
  deployed('dev');
  mkdirSync(workspace.synthesized('production'), { recursive: true });
  expect(workspace.environments()).toEqual(['dev', 'staging']);
});

test('forgetting an environment takes its stacks and its bootstrap state, and nothing of another', () => {
  deployed('dev');
  deployed('dev-two');
  workspace.forget('dev');
  expect(workspace.environments()).toEqual(['dev-two']);
  expect(readdirSync(workspace.root).sort()).toEqual([
    'bootstrap-dev-two.tfstate',
    'bootstrap-dev-two.tfstate.backup',
    'dev',
    'dev-two',
  ]);
});
